"""One thread's own DuckDB for bringing files in.

Of each file only the distinct points are projected and only the distinct small areas are looked up;
rows are then joined to them. This DuckDB opens files that people supplied, so it can load no extension and is given no
text to run but our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.shapes import SourceDefinition
from frankpledge.engine.store.engines import text_literal
from frankpledge.engine.store.importers.grid import to_cell, to_grid

MEMORY_SMALL: Final = "250MB"
MEMORY_LARGE: Final = "380MB"
_PLACES: Final[Mapping[str, pa.DataType]] = {
    "lsoa_code": pa.string(),
    "lsoa_name": pa.string(),
    "district": pa.string(),
    "force": pa.string(),
    "contradicts": pa.bool_(),
}


class Workbench:
    """A DuckDB in memory with the tables `points`, `places`, `categories` and `outcomes` of the file at hand.

    `places` gives for each LSOA code and name the district in force, the force of that district and
    whether the code contradicts the name (NULL where no look-up tells).
    """

    def __init__(self, waiting: Path, areas: Areas, code_districts: Mapping[str, str] | None) -> None:
        self._areas = areas
        self._code_districts = code_districts
        self._known_places: dict[tuple[str, str], tuple[str | None, str | None, bool | None]] = {}
        self._words_of = ""
        self.database = duckdb.connect()
        for statement in (
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET preserve_insertion_order = false",
            "SET enable_progress_bar = false",
            f"SET temp_directory = {text_literal(str(waiting / 'spill'))}",
        ):
            self.database.execute(statement)
        self._large: bool | None = None
        self.set_out(large=False)

    def set_out(self, *, large: bool) -> None:
        """Take both processors for a large file; small ones are read two at a time, each on its own bench."""
        if large == self._large:
            return
        self._large = large
        self.database.execute(f"SET threads = {2 if large else 1}")
        self.database.execute(f"SET memory_limit = '{MEMORY_LARGE if large else MEMORY_SMALL}'")

    def words(self, source: SourceDefinition) -> None:
        """Make `categories` and `outcomes` of a source: (written, key)."""
        if self._words_of != source.key:
            for table, pairs in (("categories", source.categories), ("outcomes", source.outcomes)):
                written, keys = pa.array(list(pairs), pa.string()), pa.array(list(pairs.values()), pa.string())
                self._make(table, pa.table({"written": written, "key": keys}))
            self._words_of = source.key

    def project_points(self, spots: str) -> None:
        """Make `points` of the distinct points in the table `spots` (texts `longitude`, `latitude`)."""
        found = self.database.execute(
            f"SELECT DISTINCT longitude, latitude FROM {spots} WHERE longitude IS NOT NULL"  # noqa: S608
        ).to_arrow_table()
        longitude = found["longitude"].cast(pa.float64()).to_numpy()
        latitude = found["latitude"].cast(pa.float64()).to_numpy()
        easting, northing = to_grid(longitude, latitude)
        columns: dict[str, Any] = {
            "longitude_text": found["longitude"],
            "latitude_text": found["latitude"],
            "longitude": longitude,
            "latitude": latitude,
        }
        for name, values in (("easting", easting), ("northing", northing), ("cell", to_cell(easting, northing))):
            missing = np.isnan(values)
            columns[name] = pa.array(np.where(missing, 0, values).astype("int32"), pa.int32(), mask=missing)
        self._make("points", pa.table(columns))

    def look_up_places(self, spots: str) -> None:
        """Make `places` of the distinct small areas in the table `spots` (`lsoa_code`, `lsoa_name`)."""
        found = self.database.execute(
            f"SELECT DISTINCT coalesce(lsoa_code, ''), lsoa_name FROM {spots} WHERE lsoa_name IS NOT NULL"  # noqa: S608
        ).fetchall()
        rows = []
        for code, name in found:
            if (code, name) not in self._known_places:
                self._known_places[code, name] = self._place(code, name)
            rows.append((code, name, *self._known_places[code, name]))
        columns = list(zip(*rows, strict=True)) or [()] * len(_PLACES)
        arrays = [pa.array(column, kind) for column, kind in zip(columns, _PLACES.values(), strict=True)]
        self._make("places", pa.table(arrays, names=list(_PLACES)))

    def _place(self, code: str, name: str) -> tuple[str | None, str | None, bool | None]:
        district = self._areas.district_for_place(name)
        force = self._areas.districts[district].force if district else None
        by_code = self._code_districts.get(code) if self._code_districts else None
        current = self._areas.current_code(by_code) if by_code else None
        return district, force, None if not (district and current) else district != current

    def _make(self, table: str, rows: pa.Table) -> None:
        self.database.register("fresh", rows)
        self.database.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM fresh")  # noqa: S608
        self.database.unregister("fresh")
