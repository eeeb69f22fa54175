"""The fields of each dataset: what every importer fills and every measure reads.

Types are DuckDB's. A field that a source does not give is NULL: a month-only row has no date,
hour or weekday (never the 1st of the month).
"""

from __future__ import annotations

INCIDENTS: dict[str, str] = {
    "supply": "VARCHAR",  # short name of the supplied file: manifest.supplies[supply]
    "source": "VARCHAR",  # source key: police-uk, incidents, demo
    "supplier": "VARCHAR",  # force slug or partner
    "origin": "VARCHAR",  # published, supplied, synthetic
    "month": "INTEGER",  # year * 12 + month - 1
    "date": "DATE",
    "hour": "SMALLINT",
    "weekday": "SMALLINT",  # Monday 0
    "iso_week": "INTEGER",  # year * 100 + week
    "time_from": "TIMESTAMP",
    "time_to": "TIMESTAMP",
    "category": "VARCHAR",  # our category key: the fourteen police.uk types
    "offence": "VARCHAR",  # finer key where the source gives one
    "incident_id": "VARCHAR",  # as supplied; never a key (police.uk repeats them)
    "outcome": "VARCHAR",  # as supplied
    "outcome_group": "VARCHAR",
    "location": "VARCHAR",
    "longitude": "DOUBLE",
    "latitude": "DOUBLE",
    "easting": "INTEGER",
    "northing": "INTEGER",
    "cell": "INTEGER",  # 500 m square: (easting // 500) * 10000 + northing // 500
    "snapped": "BOOLEAN",  # the point is a master-list point, not where it happened
    "lsoa_code": "VARCHAR",
    "lsoa_name": "VARCHAR",
    "lsoa_vintage": "SMALLINT",  # 2011 or 2021
    "district": "VARCHAR",  # code of the district in force now, derived from the LSOA name
    "district_supplied": "VARCHAR",  # the district that a partner's row names
    "outside_force": "BOOLEAN",  # placed outside the area of the force that reports it
    "code_contradicts_name": "BOOLEAN",
    "alcohol": "BOOLEAN",
    "domestic_abuse": "BOOLEAN",
    "hate": "VARCHAR",  # strand
    "vulnerable_adult": "BOOLEAN",
    "youth": "BOOLEAN",
    "place_type": "VARCHAR",
}

OUTCOMES: dict[str, str] = {
    name: INCIDENTS[name]
    for name in (
        "supply", "source", "supplier", "origin", "month", "incident_id", "outcome", "outcome_group", "location",
        "longitude", "latitude", "easting", "northing", "cell", "snapped", "lsoa_code", "lsoa_name", "lsoa_vintage",
        "district", "outside_force", "code_contradicts_name",
    )
}  # fmt: skip

STOPS: dict[str, str] = {
    name: INCIDENTS[name]
    for name in (
        "supply", "source", "supplier", "origin", "month", "date", "hour", "weekday", "iso_week", "time_from",
        "longitude", "latitude", "easting", "northing", "cell", "snapped", "district",
    )
} | {
    "stop_type": "VARCHAR",
    "gender": "VARCHAR",
    "age_range": "VARCHAR",
    "ethnicity_self": "VARCHAR",
    "ethnicity_officer": "VARCHAR",
    "legislation": "VARCHAR",
    "object_of_search": "VARCHAR",
    "outcome": "VARCHAR",
    "outcome_linked": "VARCHAR",
}  # fmt: skip

COUNTS: dict[str, str] = {
    "supply": "VARCHAR",
    "source": "VARCHAR",
    "supplier": "VARCHAR",
    "origin": "VARCHAR",
    "area_kind": "VARCHAR",  # partnership, force, unassigned, district
    "area_code": "VARCHAR",  # as published: E22..., E23...
    "area_name": "VARCHAR",
    "offence": "VARCHAR",  # our offence key; 'all' for the total
    "first_month": "INTEGER",
    "last_month": "INTEGER",
    "count": "BIGINT",  # NULL with a status that says why
    "status": "VARCHAR",  # final, provisional, no-data
}

AREA_FACTS: dict[str, str] = {
    "supply": "VARCHAR",
    "source": "VARCHAR",
    "area_kind": "VARCHAR",  # lsoa, ward
    "area_code": "VARCHAR",
    "area_name": "VARCHAR",
    "vintage": "SMALLINT",
    "fact": "VARCHAR",  # residents, residents-0-15, households, imd-score, imd-decile, imd-crime-decile...
    "value": "DOUBLE",
    "as_at": "VARCHAR",  # 2021, 2025
}

# Which area lies in which: LSOA in ward and district, LSOA of 2011 in LSOA of 2021, district in partnership.
LOOKUPS: dict[str, str] = {
    "supply": "VARCHAR",
    "source": "VARCHAR",
    "supplier": "VARCHAR",
    "origin": "VARCHAR",
    "area_kind": "VARCHAR",  # oa, lsoa, msoa, ward, district, partnership, force...
    "area_code": "VARCHAR",
    "area_name": "VARCHAR",
    "vintage": "SMALLINT",  # year of the codes; NULL where the table does not say
    "in_kind": "VARCHAR",
    "in_code": "VARCHAR",
    "in_name": "VARCHAR",
    "in_vintage": "SMALLINT",
}

BOUNDARIES: dict[str, str] = {
    "supply": "VARCHAR",
    "source": "VARCHAR",
    "supplier": "VARCHAR",
    "origin": "VARCHAR",
    "layer": "VARCHAR",  # lsoa-2021, lsoa-2011, msoa-2021, ward-2025, district-2025
    "area_code": "VARCHAR",
    "area_name": "VARCHAR",
    "geometry": "BLOB",  # polygons as WKB, longitude and latitude (WGS 84)
}

SEVERITY_WEIGHTS: dict[str, str] = {
    "supply": "VARCHAR",
    "source": "VARCHAR",
    "supplier": "VARCHAR",
    "origin": "VARCHAR",
    "edition": "VARCHAR",  # 2020-12: the weights differ between editions
    "code": "VARCHAR",  # Home Office offence code, always text: 8N, 4.10
    "offence": "VARCHAR",
    "group": "VARCHAR",  # our offence key; NULL where the table names a group that is not known
    "weight": "DOUBLE",
}

DATASETS: dict[str, dict[str, str]] = {
    "incidents": INCIDENTS,
    "outcomes": OUTCOMES,
    "stops": STOPS,
    "counts": COUNTS,
    "area-facts": AREA_FACTS,
    "lookups": LOOKUPS,
    "boundaries": BOUNDARIES,
    "severity-weights": SEVERITY_WEIGHTS,
}

CELL_METRES = 500
