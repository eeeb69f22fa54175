"""Where a site keeps everything, and the key that signs what it sends to browsers."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def home_folder(environment: Mapping[str, str], beside: Path) -> Path:
    """The folder named by `FRANKPLEDGE_HOME`, else `var/` beside pyproject.toml; made private to its owner."""
    named = environment.get("FRANKPLEDGE_HOME", "").strip()
    folder = (Path(named).expanduser() if named else beside / "var").absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(home: Path) -> str:
    """The site's own random key, made at first use and readable by its owner alone.

    Two processes that start at once agree: the file is created exclusively, and whoever comes
    second reads what the first has written.
    """
    path = home / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written(path)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(50))
    return _written(path)


def _written(path: Path) -> str:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 50:
        raise RuntimeError(
            f"The key file {path} is empty or cut short. Delete it and start again: a new key is made, nothing is lost."
        )
    return key
