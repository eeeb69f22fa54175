"""Where a site keeps everything: one folder, private to its owner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frankpledge.engine.faults import NotPossible

PRIVATE = 0o700


@dataclass(frozen=True)
class Home:
    """The folder named by FRANKPLEDGE_HOME and its parts. Nothing is made until `prepare`."""

    root: Path

    @property
    def store(self) -> Path:
        """Datasets that the site imported."""
        return self.root / "store"

    @property
    def demo(self) -> Path:
        """Datasets of the demonstration, generated anew by the start command; never mixed with `store`."""
        return self.root / "demo"

    @property
    def rejected(self) -> Path:
        """Tables of the rows that were not stored, one per supplied file that had any."""
        return self.root / "rejected"

    @property
    def editions(self) -> Path:
        """Documents as they were written, with their figures."""
        return self.root / "editions"

    @property
    def definitions(self) -> Path:
        """The site's own definitions, which replace or add to those shipped."""
        return self.root / "definitions"

    @property
    def locks(self) -> Path:
        """Lock files: one writer at a time."""
        return self.root / "locks"

    def prepare(self) -> None:
        """Make every folder, readable by its owner alone. Raises `NotPossible` where that is refused."""
        folders = (self.root, self.store, self.demo, self.rejected, self.editions, self.definitions, self.locks)
        try:
            for folder in folders:
                folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            if self.root.stat().st_mode & 0o077:
                self.root.chmod(PRIVATE)
        except OSError as error:
            raise NotPossible(
                f"The folder {self.root} cannot be made or made private ({error.strerror}).",
                "Name a folder that you may write to in FRANKPLEDGE_HOME.",
            ) from error
