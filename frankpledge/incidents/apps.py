"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Gather."""

    name = "frankpledge.incidents"
    label = "incidents"
    verbose_name = "Data"
