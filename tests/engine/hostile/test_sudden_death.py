"""An import that dies at any moment leaves the old state or the new one, and no rubbish for ever."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frankpledge.engine.faults import NotPossible
from tests.engine.hostile.big_months import Months, complaints_after_death, state

REPOSITORY = Path(__file__).resolve().parents[3]
CALLS = ("replace", "rename", "fsync")


class PowerCut(BaseException):
    """Nothing catches it, as nothing catches the loss of power."""


class Saboteur:
    """Counts the calls that make a state last, and lets one of them fail."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.fatal = -1
        self.error: BaseException = PowerCut()
        self.done_first = False
        for name in CALLS:
            patch.setattr(os, name, self._guarded(getattr(os, name)))

    def _guarded(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*given: Any, **named: Any) -> Any:
            number, self.calls = self.calls, self.calls + 1
            if number == self.fatal and not self.done_first:
                raise self.error
            answer = real(*given, **named)
            if number == self.fatal:
                raise self.error
            return answer

        return guarded

    def strike(self, call: int, error: BaseException, *, done_first: bool) -> None:
        self.calls, self.fatal, self.error, self.done_first = 0, call, error, done_first


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Months:
    found = Months(tmp_path_factory.mktemp("months"))
    found.write(1500)
    found.prepare()
    return found


@pytest.mark.parametrize(
    ("error", "done_first"),
    [
        pytest.param(PowerCut(), False, id="the power fails instead of the call"),
        pytest.param(OSError(errno.EIO, "Input/output error"), True, id="the disk fails after the call"),
        pytest.param(PowerCut(), True, id="the power fails after the call", marks=pytest.mark.slow),
        pytest.param(
            OSError(errno.ENOSPC, "No space left on device"), False, id="the disk is full", marks=pytest.mark.slow
        ),
    ],
)
def test_dying_at_any_rename_or_flush_leaves_the_old_state_or_the_new(
    months: Months, monkeypatch: pytest.MonkeyPatch, error: BaseException, done_first: bool
) -> None:
    saboteur = Saboteur(monkeypatch)
    old = state(months.fresh_home())
    home = months.fresh_home()
    saboteur.strike(-1, error, done_first=False)
    months.run(home, "new")
    new, calls = state(home), saboteur.calls
    assert calls >= 10, "the import makes its states last by renames and flushes"
    for call in range(calls):
        home = months.fresh_home()
        saboteur.strike(call, error, done_first=done_first)
        with pytest.raises((PowerCut, NotPossible)) as death:
            months.run(home, "new")
        assert "nothing was changed" not in str(death.value) or state(home) == old, f"call {call}: that is not true"
        saboteur.strike(-1, error, done_first=False)
        assert not complaints_after_death(months, home, old, new), f"call {call}"


def dying(rows: int, kills: int, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.engine.hostile.dying", str(rows), str(kills), str(folder)]
    child = subprocess.run(
        command, cwd=REPOSITORY, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True,
        check=False, timeout=1800,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-3000:]
    found: dict[str, Any] = json.loads(child.stdout)
    return found


def test_kills_of_a_small_import_and_a_full_disk(tmp_path: Path) -> None:
    found = dying(30_000, 4, tmp_path)
    assert not found["complaints"]
    assert found["half"] == 0 or found["old"] + found["new"] + found["half"] == 4
    assert found["full"]["unchanged"]
    assert "disk is full" in found["full"]["said"] or "could not be read or written" in found["full"]["said"]


@pytest.mark.slow
def test_fifty_kills_spread_over_an_import_of_300_000_rows(tmp_path: Path) -> None:
    found = dying(300_000, 50, tmp_path)
    assert found["rows"] == 300_000
    assert not found["complaints"], "\n".join(found["complaints"][:20])
    assert found["killed"] >= 35, "too few of the kills came in time to mean anything"
    assert found["old"] >= 20
