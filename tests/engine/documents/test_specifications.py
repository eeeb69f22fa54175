"""Every kind of chart is a valid Vega-Lite specification, checked whole against the published schema.

Charts are made without Altair's checks object by object, which cost half the time of an assessment.
"""

from __future__ import annotations

import altair
import jsonschema
import pytest

from tests.engine.documents.test_charts import CHARTS


@pytest.mark.parametrize("name", CHARTS)
def test_the_specification_keeps_to_the_schema(name: str) -> None:
    made = CHARTS[name]()
    for spec in (made.spec, made.narrow):
        assert spec is not None
        altair.LayerChart.from_dict(spec, validate=True)


def test_the_schema_would_find_a_wrong_mark() -> None:
    spec = CHARTS["year bars"]().spec
    spec["layer"][0]["mark"] = {"type": "no-such-mark"}
    with pytest.raises(jsonschema.ValidationError):
        altair.LayerChart.from_dict(spec, validate=True)
