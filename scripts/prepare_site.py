"""Make a site ready to serve: demonstration, database, static files, the demonstration's assessment.

Every step is skipped where its inputs have not changed, so that a second start takes seconds.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from filelock import FileLock  # noqa: E402

from frankpledge.cli import clock  # noqa: E402
from frankpledge.engine.faults import Fault  # noqa: E402

STARTED = time.monotonic()


def say(text: str) -> None:
    """One step, with the time since this script began."""
    print(f"        {text} ({time.monotonic() - STARTED:.1f} s)", file=sys.stderr, flush=True)


def main() -> int:
    """Prepare; a fault is told with its remedy."""
    try:
        home = clock.home()
        with FileLock(home.locks / "prepare-site.lock"):
            prepare()
    except Fault as fault:
        print(f"{fault.message}\n{fault.remedy}", file=sys.stderr)
        return 1
    return 0


def prepare() -> None:
    """The steps, in order."""
    from demo.__main__ import build_demonstration  # noqa: PLC0415

    home = clock.home()
    if build_demonstration(home):
        say("Demonstration made")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frankpledge.config.settings")
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    say("Database and static files ready")
    write_demonstration_assessments()


def write_demonstration_assessments() -> None:
    """So that the first visitor does not wait for it."""
    from frankpledge.assessment.editions import prepare_demonstration  # noqa: PLC0415

    if prepare_demonstration():
        say("The demonstration's assessment written")


if __name__ == "__main__":
    raise SystemExit(main())
