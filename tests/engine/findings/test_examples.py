"""Every example in the docstrings of the findings does what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from frankpledge.engine import findings

MODULES = sorted(m.name for m in pkgutil.walk_packages(findings.__path__, f"{findings.__name__}."))


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    assert sum(bool(t.examples) for name in MODULES for t in finder.find(importlib.import_module(name))) > 10


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_hold(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))

    assert failed == 0
