"""Every worked example in the docstrings of the package gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from frankpledge.engine import analysis

MODULES = sorted(module.name for module in pkgutil.iter_modules(analysis.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    module = importlib.import_module(f"{analysis.__name__}.{name}")
    assert doctest.testmod(module).failed == 0


def test_every_public_function_has_an_example():
    missing = []
    for name in MODULES:
        module = importlib.import_module(f"{analysis.__name__}.{name}")
        for noun, thing in vars(module).items():
            ours = callable(thing) and not isinstance(thing, type) and thing.__module__ == module.__name__
            if ours and not noun.startswith("_") and name != "arguments" and ">>>" not in (thing.__doc__ or ""):
                missing.append(f"{name}.{noun}")
    assert missing == []
