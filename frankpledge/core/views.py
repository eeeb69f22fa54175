"""Pages that belong to no room."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frankpledge import __version__
from frankpledge.core.access import open_on_loopback
from frankpledge.core.prose import prose_page


@open_on_loopback
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The site answers and its database can be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})


@open_on_loopback
@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """A page of prose."""
    return render(request, "core/page.html", {"page": prose_page(key)})
