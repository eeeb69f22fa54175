"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from frankpledge.assessment import views

app_name = "assessment"
urlpatterns = [
    path("", views.opening, name="findings-opening"),
    path("figures/<str:figure_id>/", views.figure, name="figure"),
    path("downloads/<str:edition>/<str:name>", views.download, name="download"),
    path("<slug:partnership>/", views.findings, name="findings"),
    path("<slug:partnership>/assessment/", views.edition_list, name="editions"),
    path("<slug:partnership>/assessment/<str:through>/", views.edition, name="editions-one"),
    path("<slug:partnership>/assessment/<str:through>/<str:theme>/", views.section, name="editions-theme"),
]
