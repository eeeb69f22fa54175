"""Twenty of the mutants as real commands: exit code, one object on standard output, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.definitions.loader import SHIPPED, load_definitions
from frankpledge.engine.faults import NotReadable
from frankpledge.engine.store.reports import COUNTS, FileReport, ImportReport
from tests.engine.hostile.cases import CLASSES
from tests.engine.hostile.many import mutants
from tests.engine.hostile.sandbox import TODAY, Sandbox
from tests.engine.hostile.tables import World

REPOSITORY = Path(__file__).resolve().parents[3]
OWN = ("path", "sha256", "sha256_raw", *COUNTS)


@dataclass
class CommandSandbox(Sandbox):
    """Imports by the command that a person types."""

    codes: list[int] = field(default_factory=list)
    _tables: set[Path] = field(default_factory=set)

    def run(self, paths: list[Path], said: list[str]) -> ImportReport:
        own = {"FRANKPLEDGE_HOME": str(self.home.root), "FRANKPLEDGE_TODAY": TODAY.date().isoformat()}
        command = [sys.executable, "-m", "frankpledge.cli", "import", "police-uk", *map(str, paths), "--json"]
        done = subprocess.run(
            command, cwd=REPOSITORY, env=os.environ | own, capture_output=True, text=True, check=False, timeout=300
        )
        self.codes.append(done.returncode)
        assert "Traceback" not in done.stderr, done.stderr
        said.extend(done.stderr.splitlines())
        answer = json.loads(done.stdout)
        if "error" in answer:
            assert done.returncode == 1, done.stderr
            raise NotReadable(answer["error"]["message"], answer["error"]["remedy"])
        assert done.returncode == 0, done.stderr
        fresh = set(self.home.rejected.iterdir()) - self._tables
        self._tables |= fresh
        return ImportReport(tuple(self._report(file, fresh) for file in answer["files"]))

    def _report(self, file: dict[str, object], tables: set[Path]) -> FileReport:
        table = next((t for t in tables if t.stem.endswith(str(file["sha256_raw"])[:8])), None)
        return FileReport(**{name: file[name] for name in OWN}, rejects_file=table)  # type: ignore[arg-type]


def judge(root: Path, chosen: Collection[int]) -> list[int]:
    """Exit codes of the mutants with these numbers; each is judged in full."""
    definitions, areas = load_definitions([SHIPPED]), load_areas([SHIPPED])
    sandbox = CommandSandbox(root, definitions, areas)
    for number, case in enumerate(mutants(max(chosen) + 1, World(areas, definitions))):
        if number in chosen:
            complaints = sandbox.complaints(case)
            assert not complaints, f"{case.mutant}: {complaints}"
    assert not sandbox.opens_whole()
    return sandbox.codes


def test_two_mutants_as_commands(tmp_path: Path) -> None:
    chosen = [sorted(CLASSES).index(name) for name in ("locked-zip", "unbalanced-quotes")]
    assert judge(tmp_path, chosen) == [1, 0]


@pytest.mark.slow
def test_twenty_mutants_as_commands(tmp_path: Path) -> None:
    codes = judge(tmp_path, range(1, 101, 5))
    assert len(codes) == 20
    assert set(codes) == {0, 1}
