"""Checks on arguments, each ending in a sentence that names the argument.

A wrong argument is a programmer's mistake and raises ValueError. Too little data is not a mistake:
the functions of this package answer it with a result that carries the reason.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def require_level(level: float) -> float:
    """Return `level` if it lies strictly between 0 and 1."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"level must lie strictly between 0 and 1, not {level!r}.")
    return float(level)


def require_count(name: str, value: float) -> int:
    """Return `value` as an integer if it is a whole number of at least zero."""
    if not math.isfinite(value) or value < 0 or value != int(value):
        raise ValueError(f"{name} must be a whole number of at least zero, not {value!r}.")
    return int(value)


def require_positive(name: str, value: float) -> float:
    """Return `value` if it is a finite number above zero."""
    if not math.isfinite(value) or value <= 0:
        raise ValueError(f"{name} must be above zero, not {value!r}.")
    return float(value)


def require_vector(name: str, values: npt.ArrayLike) -> FloatArray:
    """Return `values` as a one-dimensional array of floats; NaN stays (it means no data)."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {array.shape}.")
    if np.isinf(array).any():
        raise ValueError(f"{name} must not hold infinite values.")
    return array


def require_counts(name: str, values: npt.ArrayLike) -> FloatArray:
    """Return `values` as a one-dimensional array of counts: at least zero, or NaN for no data."""
    array = require_vector(name, values)
    if (array < 0).any():
        raise ValueError(f"{name} must not hold negative counts.")
    return array
