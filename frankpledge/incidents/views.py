"""Pages of this room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frankpledge.core.access import open_on_loopback
from frankpledge.core.clock import today
from frankpledge.core.partnerships import Place, real_workspace, with_place
from frankpledge.incidents import choosing
from frankpledge.incidents.data_page import data_page
from frankpledge.incidents.forms import AreaSearch
from frankpledge.incidents.guides import guide
from frankpledge.incidents.loading import loading, notes


@open_on_loopback
@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Choose a partnership."""
    form = AreaSearch(request.GET if "words" in request.GET else None)
    words = form.cleaned_data["words"].strip() if form.is_valid() else ""
    view = "force" if request.GET.get("by") == "force" else "letter"
    return render(request, "incidents/areas.html", {"form": form, **choosing.area_list(real_workspace(), words, view)})


@open_on_loopback
@require_safe
@with_place
def area(request: HttpRequest, place: Place) -> HttpResponse:
    """What to download for one partnership, what to type, and how far it has come."""
    if place.demo:  # its data come with the project
        return redirect("assessment:findings", place.key)
    workspace, partnership = place.workspace, place.partnership
    state = loading(workspace.areas, workspace.store, partnership)
    steps = guide(workspace.areas, partnership, state, today())
    return render(request, "incidents/area.html", {"state": state, "guide": steps, "notes": notes(workspace.store)})


@open_on_loopback
@require_safe
@with_place
def data(request: HttpRequest, place: Place) -> HttpResponse:
    """What is held for a partnership, how good it is and what would add to it."""
    return render(request, "incidents/data.html", {"page": data_page(place)})
