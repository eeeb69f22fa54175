"""The checker is worth something only while it shares no code with what it checks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
DRIVERS = {"supplying.py", "conftest.py"}
SCRIPT = HERE.parents[2] / "scripts" / "recount.py"
CHECKING = [p for p in sorted(HERE.glob("*.py")) if p.name not in DRIVERS and not p.name.startswith("test_")]


def imported_by(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("path", [*CHECKING, SCRIPT], ids=lambda path: path.name)
def test_it_imports_nothing_of_what_it_checks(path: Path) -> None:
    assert imported_by(path).isdisjoint({"frankpledge", "demo"})


def test_the_script_needs_python_alone_and_is_short() -> None:
    assert imported_by(SCRIPT).isdisjoint({"numpy", "scipy", "tests"})
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 155
