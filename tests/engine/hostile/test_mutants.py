"""Hostile files: two thousand seeded mutants of more than twenty classes, imported and accounted for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.hostile.cases import CLASSES
from tests.engine.hostile.many import judge_many

REPOSITORY = Path(__file__).resolve().parents[3]
GIBIBYTE = 2**30


def told(complaints: list[str]) -> str:
    return "\n\n".join(complaints[:20]) + f"\n\n{len(complaints)} complaints"


def test_every_class_has_a_mutant_that_must_fail_and_a_twin_that_must_pass() -> None:
    assert len(CLASSES) >= 20
    assert all(mutant.spoiled and mutant.spared for mutant in CLASSES.values())


def test_two_hundred_mutants_are_refused_with_a_reason_or_stored_whole(tmp_path: Path) -> None:
    outcome = judge_many(200, tmp_path)
    assert not outcome.complaints, told(outcome.complaints)
    assert outcome.refused.keys() == CLASSES.keys() == outcome.passed.keys()


@pytest.mark.slow
def test_two_thousand_mutants_in_one_process_under_a_limit_of_memory(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.engine.hostile.many", "2000", str(tmp_path)]
    child = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=1500)
    assert child.returncode == 0, child.stderr[-3000:]
    outcome = json.loads(child.stdout)
    assert not outcome["complaints"], told(outcome["complaints"])
    assert outcome["cases"] == 2000
    assert min(min(outcome[kind].values()) for kind in ("refused", "passed")) >= 10
    assert outcome["grown"] < GIBIBYTE
