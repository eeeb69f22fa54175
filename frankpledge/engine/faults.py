"""What we tell a person when something cannot be done, and what they can do next.

Every error that a user may see inherits `Fault`. A traceback is for programmers' mistakes only.
"""

from __future__ import annotations

from dataclasses import dataclass


class Fault(Exception):
    """A refusal that a person can act on.

    `message` says what is wrong in plain words; `remedy` says what to do next. Both are
    sentences and end with a full stop. Neither ever carries row data.
    """

    def __init__(self, message: str, remedy: str) -> None:
        if not message.strip() or not remedy.strip():
            raise ValueError("A fault needs a message and a remedy.")
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class NotPossible(Fault):
    """The request is well formed, but a rule or the data forbid it."""


class NotReadable(Fault):
    """Nothing in the file or folder could be read."""


class NotPermitted(Fault):
    """The person may not do this."""


class UsageFault(Fault):
    """The command or request was put wrongly: an unknown key, a bad month."""


@dataclass(frozen=True)
class RowFault:
    """One reason why one line of a supplied file was not stored.

    `line` is the line number that the user sees in a text editor or a spreadsheet (the header is
    line 1). `value` is the offending cell of a mapped column, shortened, or empty.
    """

    file: str
    line: int
    column: str
    reason: str
    value: str = ""


class RowFaults(Fault):
    """All faults of one file at once, with the user's own line numbers."""

    def __init__(self, message: str, remedy: str, faults: tuple[RowFault, ...]) -> None:
        super().__init__(message, remedy)
        self.faults = faults


@dataclass(frozen=True)
class DefinitionProblem:
    """One fault in one definition file: where, what was found, what is allowed."""

    file: str
    line: int | None
    key: str
    found: str
    allowed: str
    example: str = ""


class DefinitionFault(Fault):
    """Every fault in every definition file at once."""

    def __init__(self, problems: tuple[DefinitionProblem, ...]) -> None:
        self.problems = problems
        where = "; ".join(
            f"{p.file}{f' line {p.line}' if p.line else ''}: {p.key}: found {p.found}, allowed: {p.allowed}"
            for p in problems[:5]
        )
        more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
        super().__init__(
            f"The definitions have {len(problems)} fault{'s' if len(problems) != 1 else ''}: {where}{more}.",
            "Correct the files, or run 'frankpledge definitions check' to see every fault with an example.",
        )


__all__ = [
    "DefinitionFault",
    "DefinitionProblem",
    "Fault",
    "NotPermitted",
    "NotPossible",
    "NotReadable",
    "RowFault",
    "RowFaults",
    "UsageFault",
]
