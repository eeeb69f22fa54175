"""Pages for what cannot be shown: what is wrong, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from frankpledge.engine.faults import (
    DefinitionFault,
    DefinitionProblem,
    Fault,
    NotPermitted,
    NotPossible,
    NotReadable,
    UsageFault,
)

STATUS: dict[type[Fault], int] = {
    UsageFault: 404,  # an address holds a key or a month that does not exist
    NotPermitted: 403,
    NotPossible: 409,
    NotReadable: 409,
    DefinitionFault: 409,
}
HEADINGS = {
    400: "That request cannot be read",
    403: "You may not open this page",
    404: "There is no such page",
    409: "This cannot be shown yet",
    500: "Something went wrong on our side",
}


def fault_page(request: HttpRequest, fault: Fault) -> HttpResponse:
    """The page, or the JSON, for a refusal."""
    status = next((code for kind, code in STATUS.items() if isinstance(fault, kind)), 400)
    if request.GET.get("format") == "json":
        return JsonResponse({"message": fault.message, "remedy": fault.remedy}, status=status)
    if isinstance(fault, DefinitionFault):
        number = len(fault.problems)
        words = f"The definitions have {number} {'fault' if number == 1 else 'faults'}, so no figure can be made."
        return _page(request, status, words, fault.remedy, problems=fault.problems)
    return _page(request, status, fault.message, fault.remedy)


def being_made(request: HttpRequest) -> HttpResponse:
    """202: the page is being made; the reader may wait, or leave and come back."""
    answer = render(request, "core/being_made.html", {"address": request.get_full_path()}, status=202)
    answer.headers["Retry-After"] = "3"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. The address bar names another host, or the request was put wrongly."""
    return plain_refusal(
        "That request cannot be read.",
        "Open the site at the address that ./run printed, for example http://127.0.0.1:8000.",
        status=400,
    )


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403."""
    return _page(request, 403, "This page may not be opened like this.", "Go back to the first page and follow a link.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(
        request, 404, "Nothing is kept at this address.", "Check the address, or start from one of these pages."
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the frame, which may be what failed."""
    return plain_refusal(
        "Something went wrong on our side.",
        "Nothing in the store was changed. Try again; if it happens again, the window where ./run is open says what "
        "failed: send those lines to the maintainers (they hold no rows of data).",
        status=500,
    )


def plain_refusal(message: str, remedy: str, status: int = 403) -> HttpResponse:
    """A page that needs nothing of the site: no context, no navigation."""
    heading = HEADINGS.get(status, HEADINGS[403])
    return HttpResponse(
        render_to_string("core/refusal.html", {"heading": heading, "message": message, "remedy": remedy}), status=status
    )


def _page(
    request: HttpRequest, status: int, message: str, remedy: str, problems: tuple[DefinitionProblem, ...] = ()
) -> HttpResponse:
    context = {"heading": HEADINGS[status], "message": message, "remedy": remedy, "problems": problems}
    return render(request, "core/fault.html", context, status=status)
