"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from frankpledge.incidents import views

app_name = "incidents"
urlpatterns = [
    path("areas/", views.areas, name="areas"),
    path("areas/<slug:partnership>/", views.area, name="areas-one"),
    path("<slug:partnership>/data/", views.data, name="data"),
]
