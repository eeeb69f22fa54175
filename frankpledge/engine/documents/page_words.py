"""Words as HTML: everything escaped, a figure as a link to where it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape as escape_markup

from frankpledge.engine.documents.blocks import Figure, Link, Text, Words, runs
from frankpledge.engine.documents.characters import printable

# Where a figure's own explanation is: an address for its id, or None where it has none to go to.
FigureHref = Callable[[str], str | None]

_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_SAFE_SCHEMES = ("http:", "https:", "mailto:")


def escape(text: str) -> str:
    """Text as it may stand in HTML, quotes included."""
    return escape_markup(printable(text))


def anchor(name: str) -> str:
    """A name as an anchor: letters, digits, hyphens, full stops, underscores.

    >>> anchor("Burglary & theft")
    'Burglary-theft'
    """
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-")


def safe_address(href: str) -> str | None:
    """The address where it may stand in a document, else None (`javascript:` and its like).

    >>> safe_address("#sources"), safe_address("javascript:alert(1)")
    ('#sources', None)
    """
    href = printable(href).strip()
    scheme = _SCHEME.match(href)
    if not href or (scheme and scheme[0].lower() not in _SAFE_SCHEMES):
        return None
    return f"#{anchor(href[1:])}" if href.startswith("#") else href


def words_html(words: Words, figure_href: FigureHref) -> str:
    """Words as phrasing content."""
    return "".join(_run_html(run, figure_href) for run in runs(words))


def _run_html(run: Text | Figure | Link, figure_href: FigureHref) -> str:
    text = escape(run.text)
    match run:
        case Text(strong=strong, emphasis=emphasis):
            text = f"<em>{text}</em>" if emphasis else text
            return f"<strong>{text}</strong>" if strong else text
        case Figure(figure_id=figure_id, strong=strong):
            text = f"<strong>{text}</strong>" if strong else text
            address = figure_href(figure_id)
            if address is None:
                return text
            return f'<a class="fp-figure" href="{escape(address)}">{text}</a>'
        case Link(href=href):
            address = safe_address(href)
            return text if address is None else f'<a class="govuk-link" href="{escape(address)}">{text}</a>'
