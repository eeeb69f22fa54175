"""From the key in an address to a partnership and the store that holds its data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from frankpledge.engine.definitions.areas import Partnership
from frankpledge.engine.measures.workspace import Workspace, open_workspace, workspace_for
from frankpledge.engine.store.home import Home


@dataclass(frozen=True)
class Place:
    """A partnership with the workspace that reads its data."""

    partnership: Partnership
    workspace: Workspace

    @property
    def key(self) -> str:
        """The key in addresses."""
        return self.partnership.key

    @property
    def name(self) -> str:
        """The name that people read."""
        return self.partnership.name

    @property
    def demo(self) -> bool:
        """True where incidents and people are invented."""
        return self.workspace.demo


def home() -> Home:
    """Where this site keeps everything."""
    return Home(Path(settings.FRANKPLEDGE_HOME))


def place_of(key: str) -> Place:
    """The place with this key or alias. An unknown one is a `UsageFault` that names the nearest."""
    workspace, partnership = workspace_for(home(), key)
    return Place(partnership, workspace)


def real_workspace() -> Workspace:
    """The workspace of real data: every partnership of England and Wales, with the site's own additions."""
    return open_workspace(home())


def opening_place() -> Place | None:
    """The demonstration's partnership that the first page opens with, or None where there is none."""
    workspace = open_workspace(home(), demo=True)
    if not any(workspace.store.has(dataset) for dataset in ("incidents", "counts")):
        return None
    named = [key for report in workspace.definitions.reports.values() for key in report.partnerships]
    invented = [p.key for p in workspace.areas.partnerships.values() if p.origin == "synthetic"]
    key = next((k for k in (*named, *invented) if k in workspace.areas.partnerships), None)
    return Place(workspace.areas.partnerships[key], workspace) if key else None


View = Callable[..., HttpResponseBase]


def with_place(view: View) -> View:
    """Give a view its place instead of the key; an alias is sent on to the key in force."""

    @wraps(view)
    def wrapped(request: HttpRequest, partnership: str, **rest: Any) -> HttpResponseBase:
        place = place_of(partnership)
        if place.key != partnership:
            match = request.resolver_match
            onward: HttpResponseBase = redirect(match.view_name if match else "", partnership=place.key, **rest)
            return onward
        request.place = place  # type: ignore[attr-defined]
        return view(request, place, **rest)

    return wrapped
