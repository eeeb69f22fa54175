"""Who may open a page: each view carries exactly one rule, and a test and a system check hold us to it.

Until accounts exist there is one rule. It is written on each view all the same, so that the day
accounts arrive every page has to be looked at and given its own.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Rule(Enum):
    """A rule, and the sentence that says who may."""

    OPEN_ON_LOOPBACK = "anyone who sits at this machine"


def open_on_loopback(view: View) -> View:
    """Anyone may open it, because only this machine is answered (`middleware.LoopbackOnly`)."""
    return _with_rule(view, Rule.OPEN_ON_LOOPBACK)


def rules_of(view: Callable[..., Any]) -> tuple[Rule, ...]:
    """The rules that a view carries; one, or something is wrong."""
    return tuple(getattr(view, "access_rules", ()))


def _with_rule(view: View, rule: Rule) -> View:
    view.access_rules = (*rules_of(view), rule)  # type: ignore[attr-defined]
    return view
