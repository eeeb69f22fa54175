"""The command says what it takes, refuses what it does not, and its page names every option."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from frankpledge.cli.main import build_parser, main

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FRANKPLEDGE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def verbs() -> dict[str, argparse.ArgumentParser]:
    parser = build_parser()
    action = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def test_every_verb_and_option_is_documented() -> None:
    page = (REPOSITORY / "docs" / "reference" / "command-line.md").read_text()
    for verb, parser in verbs().items():
        assert f"frankpledge {verb}" in page
        for action in parser._actions:
            for option in action.option_strings:
                if option.startswith("--") and option != "--help":
                    assert option in page, f"{verb} {option}"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["import"], 2, "--help"),
        (["import", "police-uk", "no-such-folder"], 1, "no-such-folder"),
        (["import", "no-such-source", "."], 2, "police-uk"),
        (["assess", "--partnership", "herefordshire", "--through", "June", "--out", "x"], 2, "2025-06"),
        (["assess", "--partnership", "herefordshir", "--through", "2025-06", "--out", "x"], 2, "herefordshire"),
        (["assess", "--partnership", "herefordshire", "--through", "2025-06", "--out", "x"], 3, "import"),
        (["trace", "no-such-figure"], 2, "figures.json"),
    ],
)
def test_a_wrong_command_gets_the_next_step(
    arguments: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arguments = [str(tmp_path / "out") if a == "x" else a for a in arguments]
    assert main(arguments) == code
    heard = capsys.readouterr()
    assert heard.out == ""
    assert told in heard.err
    assert "Traceback" not in heard.err


def test_json_puts_one_object_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["partnerships", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["partnerships"]
    published = [row for row in listed if row["origin"] == "published"]
    assert len(published) == 301  # definitions/areas/README.md says how 314 codes become 301


def test_engine_verbs_start_without_django() -> None:
    code = (
        "import sys; from frankpledge.cli.main import main; main(['partnerships']); sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_shipped_definitions_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["definitions", "check"]) == 0
    assert "in order" in capsys.readouterr().out
