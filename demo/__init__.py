"""The demonstration: published yearly counts of a real partnership, and invented incidents that add up to them.

Nothing about the partnership stands in the engine or the rooms; it all stands here and in
`demo/definitions`. The demonstration may import the engine, never the other way round.
`story.md` says line by line what is real and what is invented.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
DEFINITIONS = FOLDER / "definitions"
