"""Settings and the map of addresses: the only place that knows every room."""
