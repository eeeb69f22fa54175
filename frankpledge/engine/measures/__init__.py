"""A definition, the store and statistics make a value with interval, caveats and provenance."""
