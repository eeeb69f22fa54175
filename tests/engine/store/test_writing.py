"""A stop at any moment leaves the old state or the new one, and the next import clears up."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frankpledge.engine.faults import NotPossible
from frankpledge.engine.store import writing
from tests.engine.store.conftest import Site
from tests.engine.store.files import OUTCOMES, put, row, text


class Stopped(BaseException):
    """Stands for a kill: nothing may catch it."""


def interrupted(monkeypatch: pytest.MonkeyPatch, moment: int) -> Callable[[], int]:
    """Stop at the `moment`th rename or flush from now on; gives a function that says how many there were."""
    seen = 0

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any, **named: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == moment:
                raise Stopped
            return real(*given, **named)

        return act

    monkeypatch.setattr(Path, "replace", watched(Path.replace))
    monkeypatch.setattr(os, "fsync", watched(os.fsync))
    return lambda: seen


def test_a_stop_at_any_rename_or_flush_leaves_the_old_rows_or_the_new(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = put(site.supplied.parent / "old.csv", text([row()]))
    put(site.supplied / "2025-06-west-mercia-street.csv", text([row(), row(), row(Month="2025-05")]))
    put(site.supplied / "outcomes.csv", text([row()], OUTCOMES))
    seen, moment, finished = set(), 0, False
    while not finished:
        moment += 1
        shutil.rmtree(site.home.store)
        site.bring(old)
        with monkeypatch.context() as patched:
            count = interrupted(patched, moment)
            try:
                site.bring()
                finished = True
            except Stopped:
                pass
        seen.add(len(site.rows()))
        assert seen <= {1, 3}
        assert len(site.rows("outcomes")) in {0, 1}
    assert count() == moment - 1 > 5
    assert seen == {1, 3}


def test_what_a_stop_left_behind_is_ignored_and_swept_away(site: Site) -> None:
    site.bring_text(text([row()]))
    folder = site.home.store / "incidents"
    [part] = site.store.manifest("incidents").parts
    stray = (folder / part.path).with_name("2025-06-ffffffffffff.parquet")
    stray.write_bytes((folder / part.path).read_bytes())
    half = folder / f".{writing.MANIFEST}.123"
    half.write_text("{", encoding="utf-8")
    waiting = site.home.store / writing.WAITING / "part.parquet"
    waiting.parent.mkdir()
    waiting.write_bytes(b"half")
    assert len(site.rows()) == 1
    site.bring_text(text([row(Month="2025-05")]), "other.csv")
    assert not stray.exists() and not half.exists() and not waiting.exists()
    assert len(site.rows()) == 2


def test_a_replaced_part_goes_with_the_next_import_and_not_before(site: Site) -> None:
    site.bring_text(text([row()]))
    [first] = site.store.manifest("incidents").parts
    path = site.store.part_path("incidents", first)
    site.bring_text(text([row(), row()]))
    assert path.exists()
    site.bring()
    assert not path.exists()


def test_nothing_of_an_import_stays_in_the_waiting_room(site: Site) -> None:
    site.bring_text(text([row(), row(Crime_type="?")]))
    assert not (site.home.store / writing.WAITING).exists()
    everything = [p for p in site.home.store.rglob("*") if p.is_file()]
    assert sorted(p.suffix for p in everything) == [".json", ".parquet"]


def test_a_second_writer_waits_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.1)
    said: list[str] = []
    store = tmp_path / "store"
    store.mkdir()
    with (
        writing.one_writer(store, tmp_path / "locks", said.append),
        pytest.raises(NotPossible, match="import again"),
        writing.one_writer(store, tmp_path / "locks", said.append),
    ):
        raise AssertionError("two writers at once")
    assert said == ["Another import is under way; waiting for it to end."]


def test_a_full_disk_is_told_and_changes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.bring_text(text([row()]))

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(NotPossible, match="disk is full"):
            site.bring_text(text([row(), row()]))
    assert len(site.rows()) == 1


def test_an_import_with_nothing_new_writes_nothing(site: Site) -> None:
    site.bring_text(text([row()]))
    manifest = site.home.store / "incidents" / writing.MANIFEST
    before = manifest.stat().st_mtime_ns, manifest.stat().st_ino
    site.bring()
    assert (manifest.stat().st_mtime_ns, manifest.stat().st_ino) == before
