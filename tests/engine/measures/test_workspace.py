"""One workspace per site, read again when a definition changes; the demonstration keeps to its own store."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import frankpledge.engine.definitions
import frankpledge.engine.measures
from frankpledge.engine.definitions.loader import SHIPPED
from frankpledge.engine.faults import DefinitionFault, UsageFault
from frankpledge.engine.measures.workspace import open_workspace, workspace_for
from frankpledge.engine.store.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "site")
    found.prepare()
    return found


def our_burglary(home: Home, title: str) -> None:
    folder = home.definitions / "measures"
    folder.mkdir(exist_ok=True)
    text = (SHIPPED / "measures" / "burglary.toml").read_text(encoding="utf-8")
    (folder / "burglary.toml").write_text(text.replace('short_title = "Burglary"', f'short_title = "{title}"'))


def test_it_is_opened_once_and_read_again_after_a_change(home: Home) -> None:
    first = open_workspace(home)
    assert open_workspace(home) is first
    our_burglary(home, "Break-ins")
    second = open_workspace(home)
    assert second is not first and second.definitions.measure("burglary").short_title == "Break-ins"
    assert second.store is first.store


def test_a_faulty_overlay_is_refused_with_its_faults(home: Home) -> None:
    our_burglary(home, "x")
    (fault,) = _faults(home)
    assert fault.endswith("short_title")
    our_burglary(home, "Break-ins")
    assert open_workspace(home).definitions.measure("burglary").short_title == "Break-ins"


def _faults(home: Home) -> list[str]:
    with pytest.raises(DefinitionFault) as fault:
        open_workspace(home)
    return [f"{p.file}: {p.key}" for p in fault.value.problems]


def test_a_real_key_opens_the_real_store(home: Home) -> None:
    ws, partnership = workspace_for(home, "south-worcester")
    assert (partnership.key, ws.demo, ws.store.root) == ("south-worcestershire", False, home.store)


def test_a_key_of_the_demonstration_opens_its_own_store(home: Home) -> None:
    invented = next(p for p in open_workspace(home, demo=True).areas.partnerships.values() if p.origin == "synthetic")
    ws, partnership = workspace_for(home, invented.key)
    assert (partnership.key, ws.demo, ws.store.root) == (invented.key, True, home.demo)
    assert invented.key not in open_workspace(home).areas.partnerships


def test_an_unknown_key_names_the_nearest(home: Home) -> None:
    with pytest.raises(UsageFault) as fault:
        workspace_for(home, "herefordshir")
    assert "herefordshire" in fault.value.remedy


@pytest.mark.parametrize("package", [frankpledge.engine.definitions, frankpledge.engine.measures])
def test_the_examples_in_the_docstrings_hold(package: object) -> None:
    names = [m.name for m in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")]  # type: ignore[attr-defined]
    tried = [doctest.testmod(importlib.import_module(name)) for name in names]
    assert sum(found.attempted for found in tried) > 0
    assert sum(found.failed for found in tried) == 0
