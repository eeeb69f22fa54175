"""What must never be committed, and what must always be there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
# A place on somebody's machine, or the host of a package registry.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home|work)/\w")
REGISTRY = re.compile(r"https?://[^\s\"']*(?:/simple/|registry\.|pypi\.org|pythonhosted)")


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [REPOSITORY / name for name in listed if name and (REPOSITORY / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in committed():
        try:
            found.append((str(path.relative_to(REPOSITORY)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_names_a_place_on_one_machine_or_a_registry() -> None:
    here = "tests/architecture/test_repository.py"
    guilty = [name for name, text in texts() if name != here and (MACHINE_PATH.search(text) or REGISTRY.search(text))]
    assert not guilty


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    for path in sorted((REPOSITORY / "requirements").glob("*.txt")):
        text = path.read_text()
        assert "http" not in text, path.name
        pins = [line for line in text.splitlines() if re.match(r"^[A-Za-z0-9_.\[\]-]+==", line)]
        assert pins, path.name
        assert text.count("--hash=sha256:") >= len(pins), path.name
    assert '"resolved"' not in (REPOSITORY / "package-lock.json").read_text()


def test_built_and_supplied_files_are_not_committed() -> None:
    names = [str(p.relative_to(REPOSITORY)) for p in committed()]
    forbidden = re.compile(
        r"^(var|build|node_modules|static|\.venv|shared)/|\.(woff2?|ttf|parquet|sqlite3)$|\.min\.(js|css)$"
    )
    assert not [name for name in names if forbidden.search(name)]


def test_every_dependency_says_why_it_is_there() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text()
    block = text.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert len(lines) > 10
    assert not [line for line in lines if "#" not in line]


@pytest.mark.parametrize(
    "name", ["README.md", "GLOSSARY.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "run", "test"]
)
def test_a_newcomer_finds(name: str) -> None:
    assert (REPOSITORY / name).stat().st_size > 200
