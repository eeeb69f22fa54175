"""What the published area tables do not say and a person had to look up. Read by build_area_tables.py."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

REVIEWED_ON = date(2026, 11, 23)
REVIEW_BY = date(2027, 4, 1)  # the next day on which councils in England may merge


def slug(name: str) -> str:
    """The key that a name gives: lower case, words joined by hyphens, no apostrophes or full stops."""
    plain = name.lower().replace("&", " and ").replace("'", "").replace("’", "").replace(".", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@dataclass(frozen=True)
class Merger:
    """Councils that became one: from when, and by which order."""

    on: date
    note: str


MERGERS = {
    "E07000244": Merger(
        date(2019, 4, 1),
        "Suffolk Coastal and Waveney became East Suffolk on 1 April 2019 "
        "(East Suffolk (Local Government Changes) Order 2018, SI 2018/640).",
    ),
    "E06000058": Merger(
        date(2019, 4, 1),
        "Bournemouth, Poole and Christchurch became one council on 1 April 2019 "
        "(Bournemouth, Dorset and Poole (Structural Changes) Order 2018).",
    ),
    "E06000060": Merger(
        date(2020, 4, 1),
        "Aylesbury Vale, Chiltern, South Bucks and Wycombe became Buckinghamshire on 1 April 2020 "
        "(Buckinghamshire (Structural Changes) Order 2019, SI 2019/957).",
    ),
    "E06000061": Merger(
        date(2021, 4, 1),
        "Corby, East Northamptonshire, Kettering and Wellingborough became North Northamptonshire on "
        "1 April 2021 (Northamptonshire (Structural Changes) Order 2020, SI 2020/156).",
    ),
    "E06000062": Merger(
        date(2021, 4, 1),
        "Daventry, Northampton and South Northamptonshire became West Northamptonshire on 1 April 2021 "
        "(Northamptonshire (Structural Changes) Order 2020, SI 2020/156).",
    ),
    "E06000063": Merger(
        date(2023, 4, 1),
        "Allerdale, Carlisle and Copeland became Cumberland on 1 April 2023 "
        "(Cumbria (Structural Changes) Order 2022, SI 2022/331).",
    ),
    "E06000064": Merger(
        date(2023, 4, 1),
        "Barrow-in-Furness, Eden and South Lakeland became Westmorland and Furness on 1 April 2023 "
        "(Cumbria (Structural Changes) Order 2022, SI 2022/331).",
    ),
}

# The ONS list gives the Dorset partnership of old, which held Christchurch, a part of the new
# Bournemouth, Christchurch and Poole. That part does not make the two councils one partnership.
PART_OF_DISTRICT = {("E22000367", "E06000058")}

PLAIN_NAMES = {
    "Bristol, City of": "Bristol",
    "Herefordshire, County of": "Herefordshire",
    "Kingston upon Hull, City of": "Kingston upon Hull",
    "South Worcester": "South Worcestershire",  # ONS names the partnership after one of its three districts
    "St. Helens": "St Helens",
}

MORE_ALIASES = {
    "bournemouth-christchurch-and-poole": ("bcp", "christchurch"),
    "kingston-upon-hull": ("hull",),
}

NOTES = {
    "north-yorkshire": "The seven districts of this combined partnership became one council on 1 April 2023 "
    "(North Yorkshire (Structural Changes) Order 2022, SI 2022/328); its area and code did not change.",
    "somerset": "The four districts of this combined partnership became one council on 1 April 2023 "
    "(Somerset (Structural Changes) Order 2022, SI 2022/329); its area and code did not change.",
    "dorset": "The council has been Dorset less Christchurch since 1 April 2019 "
    "(Bournemouth, Dorset and Poole (Structural Changes) Order 2018).",
    "barnsley": "The district was recoded when a small area passed to Sheffield on 1 April 2025 (SI 2024/1328).",
    "sheffield": "The district was recoded when a small area came from Barnsley on 1 April 2025 (SI 2024/1328).",
    "western-suffolk": "West Suffolk, one of its three districts, was formed from Forest Heath and "
    "St Edmundsbury on 1 April 2019 (SI 2018/639).",
}

C2_NOTES = {
    "bournemouth-christchurch-and-poole": "Table C2 counts Christchurch under Dorset (E22000367), so its rows for "
    "Bournemouth and Poole leave part of this area out.",
    "dorset": "Table C2 counts Christchurch under Dorset (E22000367), so its row covers more than this area.",
}

# Spellings of LSOA-name prefixes and district names that the list of district codes does not hold.
PLACE_VARIANTS = {
    "Bristol": "Bristol, City of",
    "City of Bristol": "Bristol, City of",
    "Herefordshire": "Herefordshire, County of",
    "Kingston upon Hull": "Kingston upon Hull, City of",
    "Kingston-upon-Hull": "Kingston upon Hull, City of",
    "Shepway": "Folkestone and Hythe",  # renamed in 2018, same code
    "St Helens": "St. Helens",
    "The Vale of Glamorgan": "Vale of Glamorgan",
}

# Last day of codes that are no longer in force, with the reason. A code not named here has no known day.
_DORSET = (date(2019, 3, 31), "Bournemouth, Dorset and Poole (Structural Changes) Order 2018")
_BUCKS = (date(2020, 3, 31), "SI 2019/957")
_NORTHANTS = (date(2021, 3, 31), "SI 2020/156")
_CUMBRIA = (date(2023, 3, 31), "SI 2022/331")
_YORKS = (date(2023, 3, 31), "SI 2022/328")
_SOMERSET = (date(2023, 3, 31), "SI 2022/329")
_TAUNTON = (date(2019, 3, 31), "Somerset West and Taunton (Local Government Changes) Order 2018")
_EAST_SUFFOLK = (date(2019, 3, 31), "SI 2018/640")
_WEST_SUFFOLK = (date(2019, 3, 31), "SI 2018/639")
_SHEFFIELD = (date(2025, 3, 31), "SI 2024/1328: boundary changed, district recoded")
_RECODED = (None, "boundary changed in 2012 or 2013, district recoded; day not verified")
ENDED = {
    **dict.fromkeys(("E06000028", "E06000029", *(f"E070000{n}" for n in range(48, 54))), _DORSET),
    **dict.fromkeys((f"E0700000{n}" for n in range(4, 8)), _BUCKS),
    **dict.fromkeys((f"E07000{n}" for n in range(150, 157)), _NORTHANTS),
    **dict.fromkeys((f"E070000{n}" for n in range(26, 32)), _CUMBRIA),
    **dict.fromkeys((f"E07000{n}" for n in range(163, 170)), _YORKS),
    **dict.fromkeys(("E07000187", "E07000188", "E07000189", "E07000246"), _SOMERSET),
    **dict.fromkeys(("E07000190", "E07000191"), _TAUNTON),
    **dict.fromkeys(("E07000205", "E07000206"), _EAST_SUFFOLK),
    **dict.fromkeys(("E07000201", "E07000204"), _WEST_SUFFOLK),
    **dict.fromkeys(("E08000016", "E08000019"), _SHEFFIELD),
    **dict.fromkeys(("E06000048", "E08000020", "E07000097", "E07000100", "E07000101", "E07000104"), _RECODED),
}

# Slug in police.uk file names -> ONS code, name as written in "Reported by", other names in use.
FORCES: dict[str, tuple[str | None, str, tuple[str, ...]]] = {
    "avon-and-somerset": ("E23000036", "Avon and Somerset Constabulary", ("Avon and Somerset Police",)),
    "bedfordshire": ("E23000026", "Bedfordshire Police", ()),
    "btp": (None, "British Transport Police", ()),
    "cambridgeshire": ("E23000023", "Cambridgeshire Constabulary", ("Cambridgeshire Police",)),
    "cheshire": ("E23000006", "Cheshire Constabulary", ("Cheshire Police",)),
    "city-of-london": ("E23000034", "City of London Police", ()),
    "cleveland": ("E23000013", "Cleveland Police", ()),
    "cumbria": ("E23000002", "Cumbria Constabulary", ("Cumbria Police",)),
    "derbyshire": ("E23000018", "Derbyshire Constabulary", ("Derbyshire Police",)),
    "devon-and-cornwall": ("E23000035", "Devon & Cornwall Police", ()),
    "dorset": ("E23000039", "Dorset Police", ()),
    "durham": ("E23000008", "Durham Constabulary", ("Durham Police",)),
    "dyfed-powys": ("W15000004", "Dyfed-Powys Police", ()),
    "essex": ("E23000028", "Essex Police", ()),
    "gloucestershire": ("E23000037", "Gloucestershire Constabulary", ("Gloucestershire Police",)),
    "greater-manchester": ("E23000005", "Greater Manchester Police", ()),
    "gwent": ("W15000002", "Gwent Police", ()),
    "hampshire": ("E23000030", "Hampshire Constabulary", ("Hampshire and Isle of Wight Constabulary",)),
    "hertfordshire": ("E23000027", "Hertfordshire Constabulary", ("Hertfordshire Police",)),
    "humberside": ("E23000012", "Humberside Police", ()),
    "kent": ("E23000032", "Kent Police", ()),
    "lancashire": ("E23000003", "Lancashire Constabulary", ("Lancashire Police",)),
    "leicestershire": ("E23000021", "Leicestershire Police", ()),
    "lincolnshire": ("E23000020", "Lincolnshire Police", ()),
    "merseyside": ("E23000004", "Merseyside Police", ()),
    "metropolitan": ("E23000001", "Metropolitan Police Service", ("Met Police",)),
    "norfolk": ("E23000024", "Norfolk Constabulary", ("Norfolk Police",)),
    "north-wales": ("W15000001", "North Wales Police", ()),
    "north-yorkshire": ("E23000009", "North Yorkshire Police", ()),
    "northamptonshire": ("E23000022", "Northamptonshire Police", ()),
    "northern-ireland": (None, "Police Service of Northern Ireland", ("PSNI",)),
    "northumbria": ("E23000007", "Northumbria Police", ()),
    "nottinghamshire": ("E23000019", "Nottinghamshire Police", ()),
    "south-wales": ("W15000003", "South Wales Police", ()),
    "south-yorkshire": ("E23000011", "South Yorkshire Police", ()),
    "staffordshire": ("E23000015", "Staffordshire Police", ()),
    "suffolk": ("E23000025", "Suffolk Constabulary", ("Suffolk Police",)),
    "surrey": ("E23000031", "Surrey Police", ()),
    "sussex": ("E23000033", "Sussex Police", ()),
    "thames-valley": ("E23000029", "Thames Valley Police", ()),
    "warwickshire": ("E23000017", "Warwickshire Police", ()),
    "west-mercia": ("E23000016", "West Mercia Police", ()),
    "west-midlands": ("E23000014", "West Midlands Police", ()),
    "west-yorkshire": ("E23000010", "West Yorkshire Police", ()),
    "wiltshire": ("E23000038", "Wiltshire Police", ()),
}
FORCE_BY_PFA = {code: key for key, (code, _, _) in FORCES.items() if code}
