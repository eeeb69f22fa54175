"""The core as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Accounts, access, page frame."""

    name = "frankpledge.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Register the checks."""
        from frankpledge.core import checks  # noqa: F401, PLC0415 - registers itself
