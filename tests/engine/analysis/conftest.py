"""Published and computed reference cases, read from the folder of shared data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def reference(shared_data: Path) -> Callable[[str], dict[str, Any]]:
    """Read one reference case by its id; its `source` names where the numbers come from."""

    def read(name: str) -> dict[str, Any]:
        case: dict[str, Any] = json.loads((shared_data / "reference_cases" / f"{name}.json").read_text())
        return case

    return read
