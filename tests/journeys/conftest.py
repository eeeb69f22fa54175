"""Real Chromium against a live server that nothing may leave, and that no page may break the rules of."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request

from demo.__main__ import build_demonstration
from frankpledge.assessment.edition_pages import edition_pages
from frankpledge.assessment.editions import prepare_demonstration
from frankpledge.core.partnerships import place_of
from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.store.home import Home
from tests.rooms.supplying import supply_months

# Playwright's synchronous interface runs inside an event loop, which Django would refuse.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURES = REPOSITORY / "test-results"


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, from the lock file."""
    path = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.fail("axe-core is not installed: python scripts/build_assets.py --with-test-tools")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def full_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the demonstration and two years of one force, made once: nothing here writes rows."""
    home = Home(tmp_path_factory.mktemp("journeys") / "home")
    build_demonstration(home)
    months = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
    supply_months(home.store, "west-mercia", months, times=8)
    return home.root


@pytest.fixture
def site(live_server: Any, settings: Any, full_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a site with the demonstration and an imported area."""
    monkeypatch.delenv("FRANKPLEDGE_TODAY", raising=False)
    settings.FRANKPLEDGE_HOME = full_home
    settings.FRANKPLEDGE_PATIENCE = None
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    prepare_demonstration()
    edition_pages(place_of("herefordshire"), month_number("2024-12"))  # kept after the first time: nobody waits for it
    return str(live_server.url)


@pytest.fixture
def empty_site(site: str, settings: Any, tmp_path: Path) -> str:
    """The same site with an empty home folder."""
    settings.FRANKPLEDGE_HOME = tmp_path / "home"
    return site


@pytest.fixture
def reader(chromium: Browser, site: str) -> Iterator[Page]:
    """A page that remembers faults: scripts that fail, rules of the content policy broken, calls elsewhere."""
    yield from _watched(chromium, site, scripts=True)


@pytest.fixture
def reader_without_scripts(chromium: Browser, site: str) -> Iterator[Page]:
    """The same with JavaScript switched off."""
    yield from _watched(chromium, site, scripts=False)


def _watched(chromium: Browser, site: str, *, scripts: bool) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    faults: list[str] = []

    def noted(request: Request) -> None:
        if not request.url.startswith((site, "data:")):
            faults.append(f"left the site: {request.url}")

    def said(message: Any) -> None:
        # Chromium reports each page that answers 404 or 409 as an error of the console.
        if message.type == "error" and not re.search(r"status of (404|409)", message.text):
            faults.append(f"console: {message.text}")

    page.on("request", noted)
    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    yield page
    context.close()
    assert not faults, faults


@pytest.fixture
def looked_at(axe: str) -> Callable[..., None]:
    """Check a page as it stands with axe, keep its picture, and see that it does not scroll sideways."""
    return partial(_look_at, axe)


def _look_at(axe: str, page: Page, name: str) -> None:
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"
        found = page.evaluate(f"{axe}; axe.run(document, {{resultTypes: ['violations']}})")
        told = [f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:4]]}" for v in found["violations"]]
        assert not told, f"{name} at {width}: " + "\n".join(told)
    page.set_viewport_size({"width": 1280, "height": 900})
