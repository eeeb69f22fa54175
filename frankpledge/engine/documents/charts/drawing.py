"""A chart's specification drawn without a browser, clean enough for a strict Content-Security-Policy."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import vl_convert

from frankpledge.engine.documents.characters import printable
from frankpledge.engine.documents.theme import fonts_folder

_SVG = "http://www.w3.org/2000/svg"
_VEGA_LITE = "6.4"
_DROPPED = frozenset({"class", "role", "pointer-events", "version", "stroke-miterlimit"})
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")

ElementTree.register_namespace("", _SVG)


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(fonts_folder()))


@lru_cache(maxsize=512)
def _drawn(specification: str) -> str:
    """The cleaned drawing; kept, since page, standing-alone page and PDF ask for the same one."""
    _register_fonts()
    # No address is allowed: a chart that asked for outside data would fail instead of calling out.
    raw = vl_convert.vegalite_to_svg(specification, vl_version=_VEGA_LITE, allowed_base_urls=[])
    return _cleaned(raw)


def svg(spec: dict[str, Any], prefix: str = "") -> str:
    """The chart as an inline `<svg>`: no style attribute, no `<style>`, no script, no class, ids prefixed.

    The wrapper in the page carries the name for assistive technology, so the drawing itself is
    hidden from it. `prefix` keeps ids apart when several charts stand in one page.
    """
    drawing = _drawn(json.dumps(_printable(spec), sort_keys=True, allow_nan=False))
    if not prefix:
        return drawing
    drawing = drawing.replace(' id="', f' id="{prefix}-')
    return _REFERENCE.sub(lambda match: f"url(#{prefix}-{match[1]})", drawing)


def png(spec: dict[str, Any], scale: float = 2.0) -> bytes:
    """The chart as PNG, `scale` device pixels to one CSS pixel."""
    data = vl_convert.svg_to_png(svg(spec), scale=scale, ppi=72)
    return bytes(data)


def size(spec: dict[str, Any]) -> tuple[float, float]:
    """Width and height of the drawing in CSS pixels."""
    match = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg(spec))
    if match is None:
        raise ValueError("The drawing has no view box.")
    return float(match[1]), float(match[2])


def _printable(value: Any) -> Any:
    """The specification without control characters: one of them in a label ends the whole process,
    because the library that draws treats it as a fault of its own.
    """
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return value


def _cleaned(raw: str) -> str:
    root = ElementTree.fromstring(raw)  # noqa: S314 - drawn by us a moment ago, not supplied by anyone
    _clean_children(root)
    for element in root.iter():
        _clean_attributes(element)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    text = ElementTree.tostring(root, encoding="unicode")
    return text.replace("<svg:", "<").replace("</svg:", "</")


def _clean_children(parent: ElementTree.Element) -> None:
    for child in list(parent):
        name = child.tag.rsplit("}", 1)[-1]
        invisible = name == "path" and (not child.get("d") or child.get("d") == "M0,0h0v0h0Z")
        if name in {"style", "script", "title", "desc"} or invisible or child.get("display") == "none":
            parent.remove(child)
            continue
        _clean_children(child)
        if name == "g" and len(child) == 0:
            parent.remove(child)


def _clean_attributes(element: ElementTree.Element) -> None:
    for declaration in (element.attrib.pop("style", "") or "").split(";"):
        key, _, value = declaration.partition(":")
        if value:
            element.attrib.setdefault(key.strip(), value.strip())
    for name in list(element.attrib):
        if name in _DROPPED or name.startswith(("aria-", "on")):
            del element.attrib[name]
        else:
            element.attrib[name] = _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.1f}", element.attrib[name])
    if element.get("opacity") == "1":
        del element.attrib["opacity"]
