"""Blocks of the engine's documents as parts of a page: every number leads to its own page."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from frankpledge.engine.documents.blocks import Block
from frankpledge.engine.documents.html import render_blocks


def figure_href(figure_id: str) -> str:
    """The address of a figure's own page."""
    return reverse("assessment:figure", args=[figure_id])


def rendered(blocks: Iterable[Block], level: int = 2) -> str:
    """Blocks as HTML; `level` is that of their highest heading."""
    return render_blocks(tuple(blocks), figure_href=figure_href, level=level)
