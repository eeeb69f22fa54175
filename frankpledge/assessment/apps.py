"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Understand."""

    name = "frankpledge.assessment"
    label = "assessment"
    verbose_name = "Assessment"
