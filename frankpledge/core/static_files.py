"""Browser assets under names that change with their content, once set-up has collected them."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedAssets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Before anything is collected (a fresh checkout under test) files keep their plain names."""

    def stored_name(self, name: str) -> str:
        """The name with its digest, or the plain one."""
        collected: str = super().stored_name(name) if self.hashed_files else name
        return collected
