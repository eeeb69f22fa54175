"""Gather: choosing an area, bringing its data in, seeing what is held, how good it is and what is missing."""
