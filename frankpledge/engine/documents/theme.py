"""Colours, type and chart settings, named once for page, Word and PDF (the product's look).

Colour never speaks alone: every state also has a word and a shape.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from frankpledge.engine.faults import NotPossible

INK: Final = "#0b2a3b"
TEAL: Final = "#0f6b6b"
SLATE: Final = "#505a5f"
PAPER: Final = "#f5f3ee"
AMBER: Final = "#a35100"
ROSE: Final = "#a3123f"
LEAF: Final = "#1d6b3a"
WHITE: Final = "#ffffff"

RULE: Final = "#d5dadc"  # thin lines between things, grid lines
PALE: Final = "#e3e9e9"  # the full range of peers; the rest
MIDDLE: Final = "#a9b4b9"  # a comparator's bars, the middle half of peers
BAND: Final = "#cfe3e2"  # intervals around us

# Categories beyond us and them, in this order and at most four in one chart. The light ones
# (second, fourth, sixth) colour shapes and never text.
CATEGORIES: Final = ("#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d", "#a285d1")
# One hue from light to dark for five classes on a map: the order survives a monochrome copier.
CLASSES: Final = ("#dcebea", "#a9cfcd", "#6fadab", "#35827f", "#0a4d4d")

FONT: Final = "Source Sans 3"
# In a drawing the name is quoted: a family that ends in a digit is no CSS identifier.
CHART_FONT: Final = "'Source Sans 3', 'Source Sans Pro', sans-serif"
FONT_STACK: Final = '"Source Sans 3", "Source Sans Pro", "Segoe UI", arial, sans-serif'
# No text in a chart is smaller than this, wide or narrow (CSS pixels).
TEXT_SIZE: Final = 14

# The shape that stands beside the word of each degree of sureness. All are in the font.
SURENESS_SHAPES: Final = {"sure": "●", "concern": "▲", "too-few": "◊", "unknown": "○"}

WEIGHTS: Final = {400: "Regular", 600: "Semibold"}


def fonts_folder() -> Path:
    """The folder of built font files (TrueType for charts, Word and PDF; WOFF2 for pages).

    Raises `NotPossible` where the browser assets have not been built yet.
    """
    folder = Path(__file__).resolve().parents[3] / "build" / "fonts"
    if not any(folder.glob("SourceSans3-Regular.ttf")):
        raise NotPossible(
            "The fonts for charts and documents have not been built.",
            "Start './run' once; it installs and builds what pages and documents need.",
        )
    return folder


def web_font(weight: int) -> Path:
    """The WOFF2 file of one weight (400 or 600)."""
    folder = fonts_folder()
    for name in (f"SourceSans3-{WEIGHTS[weight]}.woff2", f"SourceSans3-{WEIGHTS[weight]}.ttf.woff2"):
        if (folder / name).is_file():
            return folder / name
    raise NotPossible(
        f"The web font of weight {weight} has not been built.",
        "Start './run' once; it installs and builds what pages and documents need.",
    )


@lru_cache(maxsize=1)
def chart_config() -> dict[str, Any]:
    """The Vega-Lite configuration of every chart: white ground, quiet axes, nothing under 14 px."""
    words = {"labelFontSize": TEXT_SIZE, "titleFontSize": TEXT_SIZE, "labelColor": SLATE, "titleColor": SLATE}
    quiet = {"domain": False, "ticks": False, "labelPadding": 8, "gridColor": RULE, "titleFontWeight": "normal"}
    return {
        "background": WHITE,
        "font": CHART_FONT,
        "view": {"stroke": None},
        "axis": {**words, **quiet, "titlePadding": 10, "labelLimit": 400, "titleLimit": 600},
        "axisX": {"grid": False, "labelAngle": 0},
        "text": {"fontSize": TEXT_SIZE, "fill": INK, "font": CHART_FONT, "limit": 600},
        "bar": {"fill": TEAL},
        "rule": {"stroke": INK},
        "legend": {"disable": True},
    }
