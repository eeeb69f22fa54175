"""Understand: what the figures say, the strategic assessment, and the way from each number to its file."""
