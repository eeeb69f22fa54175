"""Addresses that belong to no room."""

from __future__ import annotations

from django.urls import path, re_path

from frankpledge.core import views

app_name = "core"
urlpatterns = [
    path("healthz", views.health, name="health"),
    re_path(r"^(?P<key>accessibility|how-numbers-are-made)/$", views.page, name="page"),
]
