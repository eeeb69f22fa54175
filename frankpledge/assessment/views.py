"""Pages of this room."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frankpledge.assessment import edition_pages as pages
from frankpledge.assessment.editions import document_file
from frankpledge.assessment.figure_page import figure_page
from frankpledge.assessment.presenters import contents, findings_context, section_page
from frankpledge.core.access import open_on_loopback
from frankpledge.core.partnerships import Place, opening_place, with_place


@open_on_loopback
@require_safe
def opening(request: HttpRequest) -> HttpResponse:
    """The first screen: three findings of the demonstration, and three doors."""
    place = opening_place()
    if place is None:
        return render(request, "assessment/no_demonstration.html")
    request.place = place  # type: ignore[attr-defined]
    return render(request, "assessment/findings.html", findings_context(place))


@open_on_loopback
@require_safe
@with_place
def findings(request: HttpRequest, place: Place) -> HttpResponse:
    """What the figures of one partnership say."""
    return render(request, "assessment/findings.html", findings_context(place))


@open_on_loopback
@require_safe
@with_place
def edition_list(request: HttpRequest, place: Place) -> HttpResponse:
    """The assessments of a partnership, by the month that they close with."""
    return render(request, "assessment/editions.html", {"editions": pages.edition_lines(place)})


@open_on_loopback
@require_safe
@with_place
def edition(request: HttpRequest, place: Place, through: str) -> HttpResponse:
    """An assessment: its findings, contents and downloads."""
    return render(request, "assessment/edition.html", contents(place, pages.month_asked_for(place, through)))


@open_on_loopback
@require_safe
@with_place
def section(request: HttpRequest, place: Place, through: str, theme: str) -> HttpResponse:
    """One section of an assessment."""
    month = pages.month_asked_for(place, through)
    return render(request, "assessment/section.html", section_page(place, month, theme))


@open_on_loopback
@require_safe
def download(request: HttpRequest, edition: str, name: str) -> HttpResponseBase:
    """A document of an assessment."""
    path, kind = document_file(edition, name)
    show_in_browser = kind.startswith(("application/pdf", "application/json"))
    return FileResponse(
        path.open("rb"), as_attachment=not show_in_browser, filename=f"{edition}-{name}", content_type=kind
    )


@open_on_loopback
@require_safe
def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """Where a number comes from: definition, files, digests, rows counted."""
    page = figure_page(figure_id)
    if request.GET.get("format") == "json":
        return JsonResponse(page.trace.to_json(), json_dumps_params={"indent": 1, "ensure_ascii": False})
    request.place = page.place  # type: ignore[attr-defined]
    return render(request, "assessment/figure.html", {"page": page})
