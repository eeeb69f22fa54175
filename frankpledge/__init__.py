"""Frankpledge: the system that a community safety partnership runs on.

The folders are the partnership's year. `engine` turns files into numbers, and numbers into
sentences, charts and documents; the other folders are the rooms where people work.
"""

__version__ = "0.1.0"
