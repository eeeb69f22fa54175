"""Where a number comes from."""

from __future__ import annotations
from typing import Any


def figure_page(figure_id: str) -> Any:
    """X."""
