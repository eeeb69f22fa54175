"""What `manage check` refuses while the site has no accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from frankpledge.core.access import rules_of
from frankpledge.core.addresses import is_loopback

HINT = "Until accounts exist the site answers on its own machine only. Remove the setting; see SECURITY.md."


@register(Tags.security)
def only_on_loopback(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Every host name is this machine, and nothing shows a traceback to a reader."""
    faults: list[CheckMessage] = [
        Error(f"ALLOWED_HOSTS names {host!r}, which other machines can reach.", hint=HINT, id="frankpledge.E001")
        for host in settings.ALLOWED_HOSTS
        if host != "testserver" and not is_loopback(host)
    ]
    if settings.DEBUG:
        faults.append(Error("DEBUG shows the settings to whoever meets a fault.", hint=HINT, id="frankpledge.E002"))
    return faults


@register(Tags.urls)
def one_rule_for_every_address(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Every address has exactly one access rule."""
    return [
        Error(
            f"The address {route!r} has {len(rules_of(pattern.callback))} access rules.",
            hint="Put one decorator of frankpledge.core.access on its view.",
            id="frankpledge.E003",
        )
        for route, pattern in addresses()
        if len(rules_of(pattern.callback)) != 1
    ]


def addresses(within: URLResolver | None = None, before: str = "") -> list[tuple[str, URLPattern]]:
    """Every address of the site with its pattern."""
    found: list[tuple[str, URLPattern]] = []
    for pattern in (within or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            found += addresses(pattern, before + str(pattern.pattern))
        else:
            found.append((before + str(pattern.pattern), pattern))
    return found
