"""The demonstration, generated once and built once for all tests of this folder."""

from __future__ import annotations

import pyarrow as pa
import pytest

from demo import DEFINITIONS
from demo.__main__ import build_demonstration
from demo.assumptions import Assumptions, load_assumptions
from demo.build import member_districts
from demo.generate import SEED, generate_year
from demo.places import District, draw_districts
from demo.printed import read_appendix_c, read_asb, years
from demo.tables import incident_table
from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.store.home import Home


@pytest.fixture(scope="session")
def assumptions() -> Assumptions:
    return load_assumptions()


@pytest.fixture(scope="session")
def districts(assumptions: Assumptions) -> dict[str, District]:
    areas = load_areas([DEFINITIONS])
    return draw_districts(assumptions, {code: d.name for code, d in areas.districts.items()}, SEED)


@pytest.fixture(scope="session")
def incidents(assumptions: Assumptions, districts: dict[str, District]) -> pa.Table:
    """All generated rows of all years."""
    counts = (*read_appendix_c(), *read_asb())
    members = member_districts(load_areas([DEFINITIONS]))
    tables = [
        incident_table(generate_year(year, counts, assumptions, districts, members), year, districts)
        for year in years(counts)
    ]
    return pa.concat_tables(tables)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the demonstration in it."""
    home = Home(tmp_path_factory.mktemp("home"))
    assert build_demonstration(home)
    return home
