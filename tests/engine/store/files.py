"""Small police.uk files for the tests: one good row and what a test changes in it."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

STREET = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
OUTCOMES = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Outcome type",
)  # fmt: skip
STOPS = (
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
    "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search",
    "Outcome", "Outcome linked to object of search", "Removal of more than just outer clothing",
)  # fmt: skip
OLD_STREET = (
    "Month", "Reported by", "Falls within", "Easting", "Northing", "Location", "Crime type", "Context",
)  # fmt: skip

GOOD: Mapping[str, str] = {
    "Crime ID": "0ca52fbe1fb8befac6c63ab6b887a9ab4473d553ecd7a034cf31d5f1a367bde0",
    "Month": "2025-06",
    "Reported by": "West Mercia Police",
    "Falls within": "West Mercia Police",
    "Longitude": "-1.885495",
    "Latitude": "52.302038",
    "Location": "On or near Blakemere Close",
    "LSOA code": "E01032276",
    "LSOA name": "Redditch 009E",
    "Crime type": "Burglary",
    "Last outcome category": "Unable to prosecute suspect",
    "Outcome type": "Suspect charged",
    "Type": "Person search",
    "Date": "2025-06-01T21:15:00+00:00",
    "Part of a policing operation": "False",
    "Gender": "Male",
    "Age range": "over 34",
    "Self-defined ethnicity": "White - English/Welsh/Scottish/Northern Irish/British",
    "Officer-defined ethnicity": "White",
    "Legislation": "Misuse of Drugs Act 1971 (section 23)",
    "Object of search": "Controlled drugs",
    "Outcome": "Arrest",
    "Outcome linked to object of search": "True",
    "Easting": "404440",
    "Northing": "267520",
}
NO_PLACE = {"Longitude": "", "Latitude": "", "Location": "No Location", "LSOA code": "", "LSOA name": ""}
ASB = {"Crime ID": "", "Crime type": "Anti-social behaviour", "Last outcome category": ""}


def row(**changes: str) -> dict[str, str]:
    """A good row; keywords name columns with underscores for spaces (`Crime_type=...`)."""
    return dict(GOOD) | {name.replace("_", " "): value for name, value in changes.items()}


def text(rows: Iterable[Mapping[str, str]], header: Sequence[str] = STREET, ending: str = "\n") -> str:
    """A CSV file of rows, quoted only where it must be, as data.police.uk writes it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=ending)
    writer.writerow(header)
    writer.writerows([r.get(name, "") for name in header] for r in rows)
    return out.getvalue()


def put(path: Path, content: str | bytes) -> Path:
    """Write a file, compressed if its name says so; gives its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(raw, mtime=0) if path.suffix == ".gz" else raw)
    return path


def put_zip(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """Write an archive; gives its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
