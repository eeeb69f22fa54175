"""Until accounts exist nobody is asked who they are, so the site speaks to its own machine alone."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_REMEDY = (
    "Start it with ./run on the machine that you sit at and open http://127.0.0.1:PORT. To read from elsewhere, send "
    "the HTML, Word or PDF file of the assessment."
)


def is_loopback(address: str) -> bool:
    """True for an address of this machine itself: 127.0.0.0/8, ::1 or the name localhost."""
    bare = address.strip().strip("[]")
    if bare.lower() == "localhost":
        return True
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def refuse_beyond_loopback(environment: Mapping[str, str]) -> None:
    """Refuse to start with another address, another host name or production settings."""
    address = environment.get("FRANKPLEDGE_ADDRESS", "").strip()
    if address and not is_loopback(address):
        raise ImproperlyConfigured(f"FRANKPLEDGE_ADDRESS is {address}: the site has no accounts yet. {_REMEDY}")
    hosts = [h for h in environment.get("FRANKPLEDGE_ALLOWED_HOSTS", "").split(",") if h.strip()]
    for host in hosts:
        if not is_loopback(host):
            raise ImproperlyConfigured(
                f"FRANKPLEDGE_ALLOWED_HOSTS names {host.strip()}: the site has no accounts yet. {_REMEDY}"
            )
    if environment.get("FRANKPLEDGE_PRODUCTION", "").strip().lower() not in {"", "0", "no", "false"}:
        raise ImproperlyConfigured(f"FRANKPLEDGE_PRODUCTION is set, but the site has no accounts yet. {_REMEDY}")
