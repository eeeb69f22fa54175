"""One thread's own DuckDB for bringing files in: what it has learnt of points and places it keeps.

Only distinct points are projected and only distinct small areas are looked up; rows are then joined
to them. This DuckDB opens files that people supplied, so it can load no extension and is given no
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
from frankpledge.engine.store.engines import text_literal
from frankpledge.engine.store.importers.grid import to_cell, to_grid

MEMORY_SMALL: Final = "250MB"
MEMORY_LARGE: Final = "450MB"
_POINT = "longitude_text VARCHAR, latitude_text VARCHAR, longitude DOUBLE, latitude DOUBLE"
_GRID = "easting INTEGER, northing INTEGER, cell INTEGER"


class Workbench:
    """A DuckDB in memory with the tables `points`, `places`, `categories` and `outcomes`.

    `places` gives for each LSOA code and name the district in force, the force of that district and
    whether the code contradicts the name (NULL where no look-up tells).
    """

    def __init__(self, waiting: Path, areas: Areas, code_districts: Mapping[str, str] | None) -> None:
        self._areas = areas
        self._code_districts = code_districts
        self.database = duckdb.connect()
        for statement in (
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET preserve_insertion_order = false",
            "SET enable_progress_bar = false",
            f"SET temp_directory = {text_literal(str(waiting / 'spill'))}",
            f"CREATE TABLE points ({_POINT}, {_GRID})",
            "CREATE TABLE places (lsoa_code VARCHAR, lsoa_name VARCHAR, district VARCHAR, force VARCHAR, "
            "contradicts BOOLEAN)",
        ):
            self.database.execute(statement)
        self.set_out(large=False)

    def set_out(self, *, large: bool) -> None:
        """Take both processors for a large file; small ones are read two at a time, each on its own bench."""
        self.database.execute(f"SET threads = {2 if large else 1}")
        self.database.execute(f"SET memory_limit = '{MEMORY_LARGE if large else MEMORY_SMALL}'")

    def words(self, table: str, pairs: Mapping[str, str]) -> None:
        """A small table (written, key) of words and what they mean."""
        self.database.execute(f"CREATE OR REPLACE TABLE {table} (written VARCHAR, key VARCHAR)")
        if pairs:
            arrow = pa.table({"written": list(pairs), "key": list(pairs.values())})
            self._insert(table, arrow)

    def learn_points(self, spots: str) -> None:
        """Project the points of the table `spots` (texts `longitude`, `latitude`) that are not known yet."""
        fresh = self.database.execute(
            f"SELECT DISTINCT s.longitude, s.latitude FROM {spots} s "  # noqa: S608
            "ANTI JOIN points p ON s.longitude = p.longitude_text AND s.latitude = p.latitude_text "
            "WHERE s.longitude IS NOT NULL AND s.latitude IS NOT NULL"
        ).to_arrow_table()
        if not fresh.num_rows:
            return
        longitude = fresh["longitude"].cast(pa.float64()).to_numpy()
        latitude = fresh["latitude"].cast(pa.float64()).to_numpy()
        easting, northing = to_grid(longitude, latitude)
        columns: dict[str, Any] = {
            "longitude_text": fresh["longitude"],
            "latitude_text": fresh["latitude"],
            "longitude": longitude,
            "latitude": latitude,
        }
        for name, values in (("easting", easting), ("northing", northing), ("cell", to_cell(easting, northing))):
            missing = np.isnan(values)
            columns[name] = pa.array(np.where(missing, 0, values).astype("int32"), pa.int32(), mask=missing)
        self._insert("points", pa.table(columns))

    def learn_places(self, spots: str) -> None:
        """Look up the small areas of the table `spots` (`lsoa_code`, `lsoa_name`) that are not known yet."""
        fresh = self.database.execute(
            f"SELECT DISTINCT coalesce(s.lsoa_code, ''), s.lsoa_name FROM {spots} s "  # noqa: S608
            "ANTI JOIN places p ON coalesce(s.lsoa_code, '') = p.lsoa_code AND s.lsoa_name = p.lsoa_name "
            "WHERE s.lsoa_name IS NOT NULL"
        ).fetchall()
        if not fresh:
            return
        rows = [(code, name, *self._place(code, name)) for code, name in fresh]
        names = ("lsoa_code", "lsoa_name", "district", "force", "contradicts")
        types = (pa.string(), pa.string(), pa.string(), pa.string(), pa.bool_())
        columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)]
        self._insert("places", pa.table(columns, names=list(names)))

    def _place(self, code: str, name: str) -> tuple[str | None, str | None, bool | None]:
        district = self._areas.district_for_place(name)
        force = self._areas.districts[district].force if district else None
        by_code = self._code_districts.get(code) if self._code_districts else None
        current = self._areas.current_code(by_code) if by_code else None
        return district, force, None if not (district and current) else district != current

    def _insert(self, table: str, rows: pa.Table) -> None:
        self.database.register("fresh", rows)
        self.database.execute(f"INSERT INTO {table} SELECT * FROM fresh")  # noqa: S608
        self.database.unregister("fresh")
