"""A suite that refuses accidents: no network, no warnings, no silent skip in CI."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent

_LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data beside the checkout; under CI its absence is a failure."""
    named = os.environ.get("FRANKPLEDGE_SHARED")
    folder = Path(named) if named else REPOSITORY.parent / "shared"
    if (folder / "data").is_dir():
        return folder
    reason = "the shared open data are not beside this checkout (set FRANKPLEDGE_SHARED to their folder)"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Only this machine may be called; anything else is a mistake in a test or in the code."""
    real_connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in _LOOPBACK:
            raise OSError(f"tests may not reach the network (tried {address[0]})")
        real_connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = real_connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, started once; without it these tests fail, they are not skipped."""
    path = shutil.which("chromium")
    if not path:
        pytest.fail("Chromium is not installed: apt-get install -y --no-install-recommends chromium fonts-liberation")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()
