"""How far an area's data have come in, and the next step from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Literal

from frankpledge.engine.definitions.areas import Areas, Partnership
from frankpledge.engine.definitions.periods import Period, month_of, month_text
from frankpledge.engine.store.refusals import last_refusal
from frankpledge.engine.store.store import Store
from frankpledge.incidents.holdings import Holding, holding_of, holdings, in_words, runs

SOURCE = "police-uk"
# data.police.uk offers about three years, and its latest month is about two months old.
OFFERED_MONTHS, PUBLISHED_AFTER = 36, 2

State = Literal["nothing", "other-force", "one-month", "months", "year"]


@dataclass(frozen=True)
class Loading:
    """The state of an area's data: what is held, what that is enough for, what to do next."""

    state: State
    heading: str
    words: str
    next_step: str
    tone: Literal["concern", "met", "plain"]
    held: Holding
    others: tuple[str, ...] = ()  # names of forces whose data are held instead

    @property
    def ready(self) -> bool:
        """True where an assessment can be read."""
        return bool(self.held.months)


def loading(areas: Areas, store: Store, partnership: Partnership) -> Loading:
    """The state of the partnership's data, from the manifest of what has been imported."""
    force = areas.forces[partnership.force]
    held = holding_of(store, "incidents", SOURCE, force.slug)
    if not held.months:
        return _nothing(areas, store, partnership, held)
    months, last = len(held.months), in_words((held.span,) if held.span else ())
    if months == 1:
        return Loading(
            "one-month",
            f"One month of {force.name} is in: {last}",
            "One month says how much and where. It cannot say whether anything rose or fell.",
            "Download at least the same month of the year before as well, better all the months that the page offers, "
            "and import them with the same command. Months already in are recognised and left alone.",
            "concern",
            held,
        )
    gaps = f" Nothing is held for {in_words(held.gaps)}; those months are shown as gaps." if held.gaps else ""
    whole_year = any(len(run) >= 12 for run in runs(held.months))
    return Loading(
        "year" if whole_year else "months",
        f"{months} months of {force.name} are in",
        f"{held.rows:,} rows, {last}.{gaps}",
        "Read the assessment, or add newer months with the same first command."
        if whole_year
        else "An assessment can be read. It compares like months with like months, because no twelve months in a row "
        "are held: add the missing months to say more.",
        "met",
        held,
    )


def notes(store: Store) -> tuple[str, ...]:
    """What the last import did not bring in, with where to look."""
    arrivals = [a for a in store.manifest("incidents").arrivals if a.rows_in]
    latest = max((a.imported_at for a in arrivals), default="")
    last = [a for a in arrivals if a.imported_at == latest]
    refused = last_refusal(store)
    told = [f"The last import brought nothing in. {refused.message} {refused.remedy}"] if refused else []
    told += [f"{PurePath(a.path).name}: {a.warning}" for a in last if a.warning][:3]
    rejected = sum(a.rejected for a in last)
    if rejected:
        told.append(
            f"The last import could not store {rejected:,} of {sum(a.rows_in for a in last):,} rows. Each is listed "
            "with its line and its reason in the folder 'rejected' of the home folder."
        )
    return tuple(told)


def _nothing(areas: Areas, store: Store, partnership: Partnership, held: Holding) -> Loading:
    force = areas.forces[partnership.force].name
    suppliers = sorted({h.supplier for h in holdings(store, "incidents") if h.months and h.source == SOURCE})
    others = tuple(found.name if (found := areas.force_by_slug(s)) else s for s in suppliers)
    if others:
        return Loading(
            "other-force",
            f"Nothing from {force} yet",
            f"The store holds data of {_listed(others)}, but {partnership.name} is policed by {force}.",
            f"Go back to the download page, tick {force} and import the new file. What is in already stays.",
            "concern",
            held,
            others,
        )
    return Loading(
        "nothing",
        "Nothing has been imported yet",
        "This page looks again each time you open it.",
        "Follow the steps below, then open this page again. If the first command says that it found no such files, "
        "give it the folder or the .zip file that data.police.uk sent you.",
        "plain",
        held,
    )


def _listed(names: tuple[str, ...]) -> str:
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} other forces"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def months_to_ask_for(today: date) -> Period:
    """The months that data.police.uk is likely to offer on a day."""
    last = month_of(today) - PUBLISHED_AFTER
    return Period(last - OFFERED_MONTHS + 1, last)


def through(state: Loading, today: date) -> str:
    """The month to write after `--through`: the last one held, or the last that can be downloaded."""
    return month_text(max(state.held.months) if state.held.months else months_to_ask_for(today).last)
