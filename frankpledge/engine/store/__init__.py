"""Datasets as immutable Parquet snapshots; importers; the engine's readers."""
