"""What an import did, file by file: rows in = stored + rejected + unchanged + superseded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

COUNTS: Final = ("rows_in", "stored", "rejected", "unchanged", "superseded", "replaced")


@dataclass(frozen=True)
class FileReport:
    """The account of one supplied file. `replaced` counts rows of earlier supplies, beside the sum."""

    path: str
    sha256: str
    sha256_raw: str
    rows_in: int
    stored: int
    rejected: int
    unchanged: int
    superseded: int
    replaced: int
    warning: str = ""
    rejects_file: Path | None = None

    def __post_init__(self) -> None:
        if self.rows_in != self.stored + self.rejected + self.unchanged + self.superseded:
            raise AssertionError(f"rows of {Path(self.path).name} are not all accounted for")


@dataclass(frozen=True)
class ImportReport:
    """The account of one import. `left_out`: what was found and not read, with the reason."""

    files: tuple[FileReport, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def rows_in(self) -> int:
        """Rows in the files."""
        return self._sum("rows_in")

    @property
    def stored(self) -> int:
        """Rows that were stored."""
        return self._sum("stored")

    @property
    def rejected(self) -> int:
        """Rows with a fault."""
        return self._sum("rejected")

    @property
    def unchanged(self) -> int:
        """Rows of files that were in the store already."""
        return self._sum("unchanged")

    @property
    def superseded(self) -> int:
        """Rows that came after a newer supply of the same month."""
        return self._sum("superseded")

    @property
    def replaced(self) -> int:
        """Rows of earlier supplies that newer ones took the place of."""
        return self._sum("replaced")

    def to_json(self) -> dict[str, Any]:
        """The account as the command line prints it with `--json`."""
        totals: dict[str, Any] = {name: self._sum(name) for name in COUNTS}
        own = ("path", "sha256", "sha256_raw", *COUNTS)
        return totals | {"files": [{name: getattr(file, name) for name in own} for file in self.files]}

    def _sum(self, name: str) -> int:
        return sum(getattr(file, name) for file in self.files)
