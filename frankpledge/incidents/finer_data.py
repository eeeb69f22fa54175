"""What a site may import beside the police's files, what each would add, and the command for it."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.engine.store.datasets import DATASETS
from frankpledge.engine.store.store import Store
from frankpledge.incidents.guides import command_start


@dataclass(frozen=True)
class Offer:
    """One kind of file: what it adds to the pages, and where it is found."""

    source: str
    title: str
    adds: str
    found_at: str
    file: str
    held: bool = False

    @property
    def command(self) -> str:
        """The command that brings it in."""
        return f"{command_start()} import {self.source} {self.file}"


OFFERS = (
    Offer(
        "ons-csp-crime",
        "Official yearly counts by partnership",
        "The official year beside the map's counts, residential burglary per 1,000 households, and rates beside "
        "similar partnerships for the whole nation.",
        "Office for National Statistics: recorded crime data by Community Safety Partnership area, Table C2",
        "FILE.csv",
    ),
    Offer(
        "ons-boundaries",
        "Boundaries of districts and small areas",
        "Maps with outlines instead of a grid of squares.",
        "ONS Open Geography Portal: Local Authority Districts and LSOA boundaries, as GeoJSON",
        "FILE.geojson",
    ),
    Offer(
        "census-population",
        "Residents of small areas",
        "Rates for small areas, and how far crime is concentrated beyond where people live.",
        "ONS, Census 2021: usual residents by LSOA and age",
        "FILE.csv",
    ),
    Offer(
        "census-households",
        "Households of small areas",
        "Rates per 1,000 households for small areas.",
        "ONS, Census 2021: households by LSOA",
        "FILE.csv",
    ),
    Offer(
        "imd",
        "Deprivation of small areas",
        "Whether crime falls more heavily on the most deprived neighbourhoods.",
        "English Indices of Deprivation, by LSOA (Wales has its own index)",
        "FILE.csv",
    ),
    Offer(
        "severity-weights",
        "Severity weights",
        "A range for harm beside the count, where offences are known in enough detail.",
        "ONS: Crime Severity Score, data tool",
        "FILE.csv",
    ),
    Offer(
        "incidents",
        "A partner's own list of incidents",
        "Hours and weekdays, alcohol, domestic abuse, hate and youth flags: what police.uk leaves out. Names, dates of "
        "birth, addresses and free text are never read.",
        "Your police force, council or housing provider, under your sharing agreement",
        "FILE.xlsx",
    ),
)


def offers(store: Store) -> tuple[Offer, ...]:
    """Every offer, with whether something of its source is held."""
    held = {supply.source for dataset in DATASETS for supply in store.manifest(dataset).supplies.values()}
    return tuple(Offer(o.source, o.title, o.adds, o.found_at, o.file, o.source in held) for o in OFFERS)
