"""Every importer, by the key that the import command takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from frankpledge.engine.store.importers import police_uk
from frankpledge.engine.store.importers.tables import TABLES
from frankpledge.engine.store.staging import Importer

_ALL: Final = (
    police_uk.importer("police-uk", *police_uk.ALL),
    police_uk.importer("police-uk-outcomes", "police-uk-outcomes"),
    police_uk.importer("police-uk-stops", "police-uk-stops"),
    *TABLES,
)

IMPORTERS: Final[Mapping[str, Importer]] = {importer.key: importer for importer in _ALL}
