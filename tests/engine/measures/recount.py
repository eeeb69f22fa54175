"""Counts a traced figure again from its raw files, with nothing of Frankpledge: `recount.py < trace.json`."""

import csv
import gzip
import io
import json
import pathlib
import re
import sys
import zipfile


def text_of(path):
    name, _, member = path.partition("!")
    raw = zipfile.ZipFile(name).read(member) if member else pathlib.Path(name).read_bytes()
    return (gzip.decompress(raw) if path.endswith(".gz") else raw).decode("utf-8-sig")


def month_of_day(cell, month_first=False):
    parts = re.split(r"[-/.T ]", cell.strip())
    if len(parts[0]) == 4:
        return f"{parts[0]}-{int(parts[1]):02d}"
    return f"{parts[2]}-{int(parts[0 if month_first else 1]):02d}"


TAKES = {
    "value": str.strip,
    "text before the last word": lambda cell: " ".join(cell.split()[:-1]),
    "year and month": lambda cell: cell.strip()[:7],
    "whether it is filled": lambda cell: "yes" if cell.strip() else "no",
    "words joined by hyphens": lambda cell: "-".join(re.findall(r"[a-z0-9]+", cell.lower())),
    "month of the day, day-first": month_of_day,
    "month of the day, month-first": lambda cell: month_of_day(cell, month_first=True),
}


def count(file):
    reader = csv.reader(io.StringIO(text_of(file["path"]), newline=""))
    needed = {c["column"] for c in file["filter"]} | set(file["sum_of"])
    header = next(names for row in reader if needed <= set(names := [" ".join(cell.split()) for cell in row]))
    skipped, total = set(file["lines_not_counted"]), 0
    for cells in reader:
        row = dict(zip(header, cells, strict=False))
        if reader.line_num in skipped or len(cells) != len(header):
            continue
        if all(TAKES[c["take"]](row[c["column"]]) in c["one_of"] for c in file["filter"]):
            total += sum(int(row[name].replace(",", "")) for name in file["sum_of"]) if file["sum_of"] else 1
    return total


def recount(trace):
    return sum(count(file) for file in trace["files"])


if __name__ == "__main__":
    sys.stdout.write(f"{recount(json.load(sys.stdin))}\n")
