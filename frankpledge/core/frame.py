"""What stands around every page: whose area it is, the rooms that exist, the demonstration's banner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from frankpledge.core.clock import today
from frankpledge.core.partnerships import Place, opening_place
from frankpledge.engine.faults import Fault


@dataclass(frozen=True)
class NavigationItem:
    """A room in the navigation."""

    words: str
    href: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    place: Place | None = getattr(request, "place", None)
    return {
        "place": place,
        "navigation": navigation(request, place or _opening_place()),
        "today": today(demonstration=place.demo) if place else None,
    }


def navigation(request: HttpRequest, place: Place | None) -> list[NavigationItem]:
    """The rooms that have pages; those of a partnership only where there is one to show."""
    match = request.resolver_match
    here = f"{match.namespace}:{match.url_name}" if match else ""
    items = []
    for words, name, wants_partnership in settings.NAVIGATION:
        if wants_partnership and place is None:
            continue
        href = reverse(name, args=[place.key]) if wants_partnership and place else reverse(name)
        items.append(NavigationItem(words, href, here == name or _within(here, name)))
    return items


def _within(here: str, room: str) -> bool:
    """True for the pages below a room's first page, by the name they share: `editions` and `editions-theme`."""
    return here.startswith(f"{room}-")


def _opening_place() -> Place | None:
    try:
        return opening_place()
    except Fault:  # the page itself says what is wrong with the definitions; the frame stays whole
        return None
