"""Which database holds the site's own records: SQLite in the home folder, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Web requests and a later job worker write side by side: a write takes its lock at once instead of
# failing half-way, and readers are not held up (SQLite's write-ahead log).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def database(address: str, home: Path) -> dict[str, Any]:
    """Django's settings for `DATABASE_URL`, or for `site.sqlite3` in the home folder where it is empty.

    `postgres://USER:PASSWORD@HOST:PORT/NAME?sslmode=require`; any part may be left out but the name.
    """
    if not address.strip():
        return _sqlite(home / "site.sqlite3")
    parts = urlsplit(address.strip())
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    if parts.scheme == "sqlite" and parts.path:
        return _sqlite(Path(unquote(parts.path)))
    raise ImproperlyConfigured(
        "DATABASE_URL is not an address that Frankpledge can use. Write postgres://USER:PASSWORD@HOST:PORT/NAME, "
        "sqlite:///PATH, or leave it out to keep the records in the home folder."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": dict(SQLITE_OPTIONS)}
