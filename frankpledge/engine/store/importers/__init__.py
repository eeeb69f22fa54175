"""Importers, one module per kind of supplied file; `registry` lists them."""
