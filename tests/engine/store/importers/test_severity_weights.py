"""Weights of the Crime Severity Score: codes are text, and an edition is always named."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from frankpledge.engine.faults import UsageFault
from frankpledge.engine.store.importers.severity_weights import bring_in_severity_weights

from .conftest import Outcome, Stage

HEADER = "Offence code,Offence,Weight,Offence group\n"
FILE = "data/lookups/crime_severity_weights_ons.csv"


def weights(stage: Stage, *lines: str, **context: str) -> Outcome:
    return stage(
        bring_in_severity_weights, HEADER + "\n".join(lines) + "\n", "weights.csv", **{"as_of": "2020-12", **context}
    )


def test_the_real_weights(stage: Stage, shared_data: Path) -> None:
    found = stage(bring_in_severity_weights, shared_data / FILE, as_of="2020-12")
    with (shared_data / FILE).open(newline="") as file:
        read = [(r["code_original"], float(r["weight"])) for r in csv.DictReader(file)]
    assert (found.rows_in, found.rejected) == (134, 0)
    assert [(r["code"], r["weight"]) for r in found.rows] == read
    assert all(r["group"] for r in found.rows)
    assert {r["edition"] for r in found.rows} == {"2020-12"}
    assert found.said("4.1")  # corporate manslaughter, 4.10, has lost its nought in this copy


def test_codes_are_text(stage: Stage) -> None:
    lines = ["8N,Assault with injury,189.2,", "4.10,Corporate manslaughter,7973.4,", "1/4.1/4.10/4.2,Homicide,7973.4,"]
    assert [r["code"] for r in weights(stage, *lines).rows] == ["8N", "4.10", "1/4.1/4.10/4.2"]


@pytest.mark.parametrize(
    "code", ["43831", "04-Oct", "Oct-04", "4-Oct-20", "01/04/2020", "2020-04-01", "2020-04-01 00:00:00"]
)
def test_a_code_that_a_spreadsheet_has_spoilt_is_a_fault_that_explains(stage: Stage, code: str) -> None:
    found = weights(stage, f"{code},Something,12.5,")
    assert (found.rows_in, found.rejected, found.parts) == (1, 1, ())
    assert "a spreadsheet has turned the offence code into a date" in found.rejects[0]


def test_one_code_with_two_weights_is_believed_on_neither_line(stage: Stage) -> None:
    found = weights(stage, "4.1,Manslaughter,7973.4,", "4.1,Something else,12,", "8N,Assault,189.2,")
    assert (found.rejected, [r["code"] for r in found.rows]) == (2, ["8N"])
    assert "4.1 of 4.10" in found.rejects[0]


@pytest.mark.parametrize(
    ("code", "weight", "reason"),
    [("", "1", "not an offence code"), ("8N", "heavy", "not a number"), ("8N", "0", "above zero")],
)
def test_faulty_lines(stage: Stage, code: str, weight: str, reason: str) -> None:
    assert reason in weights(stage, f"{code},Assault with injury,{weight},").rejects[0]


def test_the_edition_comes_from_as_of_or_from_the_name_of_the_file(stage: Stage) -> None:
    text = HEADER + "8N,Assault,189.2,\n"
    assert stage(bring_in_severity_weights, text, "css-2021.csv").rows[0]["edition"] == "2021"
    assert stage(bring_in_severity_weights, text, "css_2021-03.csv").rows[0]["edition"] == "2021-03"
    with pytest.raises(UsageFault, match="--as-of 2020-12"):
        stage(bring_in_severity_weights, text, "css.csv")
    with pytest.raises(UsageFault, match="which edition"):
        stage(bring_in_severity_weights, text, "css-2021.csv", as_of="latest")


def test_an_unknown_group_is_named(stage: Stage) -> None:
    found = weights(stage, "8N,Assault,189.2,piracy")
    assert found.rows[0]["group"] is None
    assert found.said("piracy")
