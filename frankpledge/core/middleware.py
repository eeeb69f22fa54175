"""Two walls around every page: only this machine is answered, and a refusal says what to do next."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from frankpledge.core.addresses import is_loopback
from frankpledge.core.error_pages import being_made, fault_page, plain_refusal
from frankpledge.core.patience import StillWorking
from frankpledge.engine.faults import Fault

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)

# A server in front of us on the same machine would make everyone look like this machine.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST")


class LoopbackOnly:
    """Refuses whatever does not come from this machine, because nobody is asked who they are yet.

    The Host header is held to this machine's names too (ALLOWED_HOSTS), so that a page elsewhere
    cannot point its own name at us and read along.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on a request of this machine; refuse any other."""
        request.get_host()  # raises DisallowedHost, which Django answers with the page for 400
        came_from = request.META.get("REMOTE_ADDR", "")
        if not is_loopback(came_from) or any(request.META.get(name) for name in FORWARDED):
            return plain_refusal(
                "This site answers on its own machine only.",
                "It has no accounts yet, so nobody else may read it. Open it on the machine where it runs, or ask its "
                "owner for the HTML, Word or PDF file of the assessment.",
            )
        return self.answer(request)


class FaultPages:
    """Turns a refusal of the engine or of a room into a page with the reason and the next step."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; a fault comes back through `process_exception`."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a `Fault`; anything else is a programmer's mistake and stays one."""
        if isinstance(exception, StillWorking):
            return being_made(request)
        if not isinstance(exception, Fault):
            return None
        log.info("%s refused: %s", request.path, type(exception).__name__)
        return fault_page(request, exception)
