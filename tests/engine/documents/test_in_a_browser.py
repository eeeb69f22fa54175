"""The HTML file in real Chromium: axe finds nothing, nothing sticks out of a telephone, one drawing shows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def window(chromium: Browser, standalone: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The file opened from disk, as a reader would."""
    file = tmp_path_factory.mktemp("standalone") / "assessment.html"
    file.write_text(standalone, encoding="utf-8")
    opened = chromium.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(file.as_uri())
    yield opened
    assert said == [], "the file breaks its own policy"
    opened.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(window: Page, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    window.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    window.evaluate((REPOSITORY / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = window.evaluate("axe.run()")
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found["violations"]] == []


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (320, "narrow")])
def test_one_drawing_of_each_chart_is_shown(window: Page, width: int, shown: str) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    visible = window.locator(".fp-chart__picture:visible")
    kinds = [(one.get_attribute("class") or "").rsplit("--", 1)[-1] for one in visible.all()]
    assert kinds
    assert set(kinds) == {shown}


def test_nothing_sticks_out_of_a_telephone(window: Page) -> None:
    window.set_viewport_size({"width": 320, "height": 900})
    assert window.evaluate("document.documentElement.scrollWidth") <= 320
    smallest = window.evaluate(
        "Math.min(...[...document.querySelectorAll('.fp-chart__picture--narrow text')]"
        ".map(t => [parseFloat(getComputedStyle(t).fontSize), t.getScreenCTM()])"
        ".map(([size, to]) => size * Math.hypot(to.a, to.b)))"
    )
    assert smallest >= 14
