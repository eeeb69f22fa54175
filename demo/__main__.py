"""`python -m demo --home FOLDER`: build the demonstration, or say that it is up to date."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

from demo import FOLDER
from frankpledge.engine.faults import Fault
from frankpledge.engine.store.home import Home

RECEIPT = "built.json"
ENGINE = FOLDER.parent / "frankpledge" / "engine"
FORMAT_FILES = ("store/datasets.py", "store/manifest.py", "store/writing.py", "definitions/vocabulary.py")


def build_demonstration(home: Home, *, force: bool = False) -> bool:
    """Build the demonstration's store unless it was built from the same inputs; whether it was built now."""
    home = Home(home.root.absolute())
    inputs = inputs_digest()
    if not force and is_up_to_date(home, inputs):
        return False
    from demo.build import build, write_receipt  # noqa: PLC0415 - a start that skips must not load NumPy and Arrow

    rows = build(home)
    write_receipt(home.demo / RECEIPT, inputs, rows)
    return True


def inputs_digest() -> str:
    """Digest of everything that decides what is built: facts, assumptions, code, and where they lie."""
    digest = hashlib.sha256(str(FOLDER).encode())
    files = [p for p in FOLDER.rglob("*") if p.suffix in {".py", ".csv", ".toml"} and p.name != "scoring.csv"]
    for path in (*sorted(files), *(ENGINE / name for name in FORMAT_FILES)):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_up_to_date(home: Home, inputs: str) -> bool:
    """Whether the receipt is of these inputs and every file that a manifest names is there."""
    try:
        if json.loads((home.demo / RECEIPT).read_text(encoding="utf-8"))["inputs"] != inputs:
            return False
        for dataset in ("counts", "area-facts", "incidents"):
            folder = home.demo / dataset
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            named = [folder / part["path"] for part in manifest["parts"]]
            named += [Path(supply["path"]) for supply in manifest["supplies"].values()]
            if not named or not all(path.is_file() for path in named):
                return False
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def main(arguments: list[str] | None = None) -> int:
    """Read the command line; the exit code: 0 done, 3 refused."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="Build the demonstration partnerships.")
    parser.add_argument("--home", type=Path, required=True, help="where the site keeps everything (FRANKPLEDGE_HOME)")
    parser.add_argument("--force", action="store_true", help="build also where nothing has changed")
    given = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        built = build_demonstration(Home(given.home), force=given.force)
    except Fault as fault:
        sys.stderr.write(f"{fault.message}\n{fault.remedy}\n")
        return 3
    word = "built" if built else "up to date"
    sys.stdout.write(f"Demonstration {word} in {time.monotonic() - started:.1f} s.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
