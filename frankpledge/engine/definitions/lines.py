"""Where in a TOML file a key stands, so that a fault can name its line.

`tomllib` gives values without positions; this reads the text once more, only for positions. It
follows table headers, dotted and quoted keys, and steps over strings and arrays of several lines.
"""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[|\[)\s*(.+?)\s*(\]\]|\])\s*(#.*)?$")
_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_ASSIGNMENT = re.compile(rf"^\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART = re.compile(_NAME)
_SYNTAX_LINE = re.compile(r"at line (\d+)")


def lines_of_keys(text: str) -> dict[Path, int]:
    """The line (from 1) of every key and table header of a TOML text that is well formed.

    >>> lines_of_keys('a = 1\\n[[t]]\\nb = 2\\n')[("t", 0, "b")]
    3
    """
    found: dict[Path, int] = {}
    arrays: dict[tuple[str, ...], int] = {}
    table: Path = ()
    pending = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if pending:
            pending = pending + "\n" + line
        elif header := _HEADER.match(line):
            table = _table_path(_names(header[2]), header[1] == "[[", arrays)
            found.setdefault(table, number)
            continue
        elif assignment := _ASSIGNMENT.match(line):
            found.setdefault((*table, *_names(assignment[1])), number)
            pending = line
        if pending and _complete(pending):
            pending = ""
    return found


def line_of(text: str, path: Path) -> int | None:
    """The line of a key, or of the nearest table or key that holds it; None where neither stands in the text."""
    found = lines_of_keys(text)
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return None


def line_of_syntax_error(error: tomllib.TOMLDecodeError) -> int | None:
    """The line that a TOML syntax error names, where it names one."""
    match = _SYNTAX_LINE.search(str(error))
    return int(match[1]) if match else None


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _table_path(names: tuple[str, ...], is_array: bool, arrays: dict[tuple[str, ...], int]) -> Path:
    if is_array:
        arrays[names] = arrays.get(names, -1) + 1
        for inner in [known for known in arrays if len(known) > len(names) and known[: len(names)] == names]:
            del arrays[inner]  # a new element of the outer array starts its inner arrays afresh
    path: list[str | int] = []
    for length in range(1, len(names) + 1):
        path.append(names[length - 1])
        if names[:length] in arrays:
            path.append(arrays[names[:length]])
    return tuple(path)


def _complete(assignment: str) -> bool:
    try:
        tomllib.loads(assignment)
    except tomllib.TOMLDecodeError:
        return False
    return True
