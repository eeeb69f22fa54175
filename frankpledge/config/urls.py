"""The map of addresses."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("frankpledge.core.urls")),
    path("", include("frankpledge.incidents.urls")),
    path("", include("frankpledge.assessment.urls")),
]

handler400 = "frankpledge.core.error_pages.bad_request"
handler403 = "frankpledge.core.error_pages.forbidden"
handler404 = "frankpledge.core.error_pages.not_found"
handler500 = "frankpledge.core.error_pages.server_error"
