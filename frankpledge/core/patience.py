"""Work that takes longer than a reader should wait without a word.

It goes on in this process while the reader gets a page that says so; whoever asks again gets the
result, or the refusal, once it is there. What it makes is kept, so nothing is lost if nobody asks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings

Result = TypeVar("Result")

_patient: ContextVar[bool] = ContextVar("patient", default=False)
_lock = threading.Lock()


class StillWorking(Exception):
    """The work goes on; ask again in a moment."""


class _Work(threading.Thread):
    """One piece of work and what came of it. A daemon: stopping the site does not wait for it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Do it, and keep what came of it for whoever asked."""
        try:
            self.result = self.work()
        except BaseException as error:
            self.error = error


_under_way: dict[str, _Work] = {}


def within_patience(key: str, work: Callable[[], Result]) -> Result:
    """The result of `work` if it ends within `FRANKPLEDGE_PATIENCE` seconds, else `StillWorking`.

    Work with the same key is under way once, however many ask. With no limit (the setting is None,
    or inside `patient`) it is done here and now.
    """
    seconds = None if _patient.get() else settings.FRANKPLEDGE_PATIENCE
    if seconds is None:
        return work()
    with _lock:
        begun = _under_way.get(key)
        if begun is None:
            begun = _under_way[key] = _Work(work)
            begun.start()
    begun.join(seconds)
    if begun.is_alive():
        raise StillWorking
    with _lock:
        _under_way.pop(key, None)
    if begun.error is not None:
        raise begun.error
    result: Result = begun.result
    return result


@contextmanager
def patient() -> Iterator[None]:
    """For a script that waits as long as it takes."""
    token = _patient.set(True)
    try:
        yield
    finally:
        _patient.reset(token)
