"""Charts from plain values: each function gives a finished block with title, table and alternative text."""
