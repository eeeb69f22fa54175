"""Start the web server on this machine alone, wait until it answers, say where it is.

PORT names the port; else 8000, or the next free one. Ctrl-C stops it and leaves nothing running.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "127.0.0.1"  # loopback only, until accounts exist


def main() -> int:
    """Serve until stopped."""
    port = choose_port()
    if port is None:
        return 1
    command = [
        sys.executable, "-m", "gunicorn", "frankpledge.config.wsgi:application", "--bind", f"{ADDRESS}:{port}",
        "--workers", "1", "--threads", "4", "--worker-class", "gthread", "--timeout", "300", "--log-level", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT)

    def stop(*_: object) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if not wait_for(server, port):
        server.terminate()
        print("The site did not start. The lines above say why; correct that and run ./run again.", file=sys.stderr)
        return 1
    print(greeting(port), flush=True)
    code = server.wait()
    return 0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else code


def choose_port() -> int | None:
    """PORT as given, if free; else the first free port from 8000."""
    named = os.environ.get("PORT")
    if named:
        if named.isdigit() and 0 < int(named) < 65536 and is_free(int(named)):
            return int(named)
        print(f"Port {named} cannot be used. Set PORT to a free number, or leave it out.", file=sys.stderr)
        return None
    return next((port for port in range(8000, 8100) if is_free(port)), None)


def is_free(port: int) -> bool:
    """True where nothing listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def wait_for(server: subprocess.Popen[bytes], port: int) -> bool:
    """Ask /healthz until it answers, the server ends, or a minute has passed."""
    for _ in range(300):
        if server.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"http://{ADDRESS}:{port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def greeting(port: int) -> str:
    """Where it is, how to stop, how to load one's own area."""
    return f"""
Frankpledge is running at

    http://{ADDRESS}:{port}

Stop it with Ctrl-C. To use your own area: open http://{ADDRESS}:{port}/areas/ and choose it;
the page names the files to download and the two commands, for example

    .venv/bin/frankpledge import police-uk FOLDER
    .venv/bin/frankpledge assess --partnership KEY --through YYYY-MM --out FOLDER
"""


if __name__ == "__main__":
    raise SystemExit(main())
