"""Generated rows as tables: the fields of the store, and the columns of the list that a partner would send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from demo.generate import Rows, share_out
from demo.places import District
from demo.times import read_clock
from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.vocabulary import CATEGORIES
from frankpledge.engine.store.datasets import AREA_FACTS, CELL_METRES, INCIDENTS

SOURCE, SUPPLIER, ORIGIN = "incidents", "demo", "synthetic"
NEIGHBOURHOODS = "illustrative-neighbourhoods"
AS_AT = "2011"  # of the Census whose totals are shared out
TYPES: Mapping[str, Any] = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "SMALLINT": pa.int16(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}


def incident_table(rows: Rows, year: str, districts: Mapping[str, District]) -> pa.Table:
    """The rows with every field of the incidents dataset but `supply`, which the supplied file gives.

    A field that nobody would know is NULL: the hour of a burglary found the next morning, an outcome.
    """
    count = len(rows)
    known = read_clock(rows["start"], rows["end"])
    easting, northing, codes, names = _places(rows, districts)
    fields: dict[str, Any] = {
        "source": pa.repeat(SOURCE, count),
        "supplier": pa.repeat(SUPPLIER, count),
        "origin": pa.repeat(ORIGIN, count),
        "month": known.month,
        "date": pa.array(known.day, mask=~known.day_known),
        "hour": pa.array(known.hour, mask=~known.hour_known),
        "weekday": pa.array(known.weekday, mask=~known.day_known),
        "iso_week": pa.array(known.week, mask=~known.day_known),
        "time_from": rows["start"].astype("datetime64[us]"),
        "time_to": rows["end"].astype("datetime64[us]"),
        "category": rows["category"],
        "offence": rows["offence"],
        "incident_id": [f"DEMO-{year.replace('/', '-')}-{n:06d}" for n in range(1, count + 1)],
        "easting": easting,
        "northing": northing,
        "cell": (easting // CELL_METRES) * 10000 + northing // CELL_METRES,
        "snapped": pa.repeat(True, count),  # the middle of a square, not where anything happened
        "lsoa_code": codes,
        "lsoa_name": names,
        "district": rows["district"],
        "outside_force": pa.repeat(False, count),
        "alcohol": rows["alcohol"],
        "domestic_abuse": rows["domestic_abuse"],
        "hate": rows["hate"],
        "vulnerable_adult": rows["vulnerable_adult"],
        "youth": rows["youth"],
        "place_type": rows["place"],
    }
    columns = {
        name: _column(fields.get(name), TYPES[kind], count) for name, kind in INCIDENTS.items() if name != "supply"
    }
    return pa.table(columns)


def supplied_list(table: pa.Table) -> pa.Table:
    """The same rows as the list that a partner would send, every cell text, blank where not known."""
    labels = pa.array([CATEGORIES[c] for c in table["category"].to_pylist()])
    text = {
        "Reference": table["incident_id"],
        "Month": pc.strftime(table["time_from"], format="%Y-%m"),
        "Date": pc.strftime(table["date"], format="%Y-%m-%d"),
        "Hour": pc.cast(table["hour"], pa.string()),
        "From": pc.strftime(pc.cast(table["time_from"], pa.timestamp("s")), format="%Y-%m-%d %H:%M"),
        "To": pc.strftime(pc.cast(table["time_to"], pa.timestamp("s")), format="%Y-%m-%d %H:%M"),
        "Type": labels,
        "Offence": table["offence"],
        "District": table["district"],
        "Neighbourhood": table["lsoa_code"],
        "Neighbourhood name": table["lsoa_name"],
        "Easting": pc.cast(table["easting"], pa.string()),
        "Northing": pc.cast(table["northing"], pa.string()),
        "Place": table["place_type"],
        "Alcohol": _yes_no(table["alcohol"]),
        "Domestic abuse": _yes_no(table["domestic_abuse"]),
        "Hate": table["hate"],
        "Vulnerable adult": _yes_no(table["vulnerable_adult"]),
        "Youth": _yes_no(table["youth"]),
    }
    return pa.table({name: pc.fill_null(column, "") for name, column in text.items()})


def neighbourhood_table(districts: Mapping[str, District], areas: Areas) -> pa.Table:
    """Residents and households of every neighbourhood, with every field of area-facts but `supply`.

    They add up to their district's. No vintage: these are no areas of any Census.
    """
    rows = []
    for code, district in districts.items():
        homes = np.bincount(district.neighbourhood, weights=district.homes).tolist()
        of_district = areas.districts[code]
        for fact, total in (("residents", of_district.residents), ("households", of_district.households)):
            for number, value in enumerate(share_out(total, homes)):
                place = (district.neighbourhood_code(number), district.neighbourhood_name(number))
                rows.append((NEIGHBOURHOODS, "lsoa", *place, None, fact, float(value), AS_AT))
    names = [name for name in AREA_FACTS if name != "supply"]
    columns = zip(*rows, strict=True)
    return pa.table({n: pa.array(c, TYPES[AREA_FACTS[n]]) for n, c in zip(names, columns, strict=True)})


def neighbourhood_list(table: pa.Table) -> pa.Table:
    """The same as the list that a partner would send, every cell text."""
    whole = pc.cast(pc.cast(table["value"], pa.int64()), pa.string())
    return pa.table(
        {
            "Neighbourhood": table["area_code"],
            "Neighbourhood name": table["area_name"],
            "Fact": table["fact"],
            "Value": whole,
        }
    )


def _places(rows: Rows, districts: Mapping[str, District]) -> tuple[Any, Any, Any, Any]:
    """Easting, northing, neighbourhood code and name of each row."""
    easting, northing = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    codes, names = np.empty(len(rows), dtype=object), np.empty(len(rows), dtype=object)
    for code, district in districts.items():
        here = np.flatnonzero(rows["district"] == code)
        square = rows["square"][here]
        easting[here], northing[here] = district.easting[square], district.northing[square]
        numbers = range(int(district.neighbourhood.max()) + 1)
        number = district.neighbourhood[square]
        codes[here] = np.array([district.neighbourhood_code(n) for n in numbers], dtype=object)[number]
        names[here] = np.array([district.neighbourhood_name(n) for n in numbers], dtype=object)[number]
    return easting, northing, codes, names


def _column(values: Any, kind: Any, count: int) -> Any:
    if values is None:
        return pa.nulls(count, kind)
    return pc.cast(values if isinstance(values, pa.Array) else pa.array(values), kind)


def _yes_no(column: Any) -> Any:
    return pc.if_else(column, "yes", "no")
