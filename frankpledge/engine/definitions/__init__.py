"""What a partnership may change without code: shapes of the TOML files, their loader, and periods."""
