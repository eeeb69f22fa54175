"""Makes and judges any number of mutants, always the same ones; as a program, under a limit of memory.

python -m tests.engine.hostile.many 2000 FOLDER
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.definitions.loader import SHIPPED, load_definitions
from tests.engine.hostile import mutants_archives, mutants_headers, mutants_strangers, mutants_text, mutants_values
from tests.engine.hostile.cases import CLASSES, Case
from tests.engine.hostile.sandbox import Sandbox
from tests.engine.hostile.tables import World

SEED: Final = 20_261_123
OF_ONE_HOME: Final = 100
ADDRESS_SPACE: Final = 6 * 2**30
MODULES: Final = (mutants_archives, mutants_headers, mutants_strangers, mutants_text, mutants_values)


@dataclass
class Outcome:
    """What came of many mutants. `grown`: how far the peak of memory rose above its beginning, in bytes."""

    cases: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    grown: int = 0


def mutants(number: int, world: World) -> Iterator[Case]:
    """That many mutants, class after class: two that must fail, then one that must pass."""
    names = sorted(CLASSES)
    for i in range(number):
        mutant, turn = CLASSES[names[i % len(names)]], i // len(names)
        rng = np.random.default_rng([SEED, i])
        harmless = turn % 3 == 1
        builders = mutant.spared if harmless else mutant.spoiled
        round_of_class = turn // 3 if harmless else turn // 3 * 2 + (turn % 3 == 2)
        builder = builders[round_of_class % len(builders)]
        world.begin(i % OF_ONE_HOME)
        case = builder(world, rng)
        case.mutant, case.harmless = f"{i} {mutant.name}: {builder.__name__}", harmless
        yield case


def judge_many(number: int, folder: Path) -> Outcome:
    """Import that many mutants into homes under `folder`, a hundred to a home."""
    definitions, areas = load_definitions([SHIPPED]), load_areas([SHIPPED])
    outcome, begun = Outcome(), time.monotonic()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sandbox = None
    for i, case in enumerate(mutants(number, World(areas, definitions))):
        if i % OF_ONE_HOME == 0:
            _close(sandbox, outcome)
            sandbox = Sandbox(folder / f"home-{i // OF_ONE_HOME}", definitions, areas)
        assert sandbox is not None
        since = time.monotonic()
        outcome.complaints += [f"{case.mutant}: {complaint}" for complaint in sandbox.complaints(case)]
        outcome.slowest = max(outcome.slowest, (time.monotonic() - since, case.mutant))
        name = case.mutant.split(" ", 1)[1].partition(":")[0]
        outcome.cases += 1
        outcome.classes[name] += 1
        (outcome.passed if case.harmless else outcome.refused)[name] += 1
    _close(sandbox, outcome)
    outcome.grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    outcome.seconds = time.monotonic() - begun
    return outcome


def _close(sandbox: Sandbox | None, outcome: Outcome) -> None:
    if sandbox:
        outcome.complaints += [f"the whole store of {sandbox.root.name}: {c}" for c in sandbox.opens_whole()]


def main() -> None:
    """Judge under the limit of memory and print the outcome as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    print(json.dumps(judge_many(int(sys.argv[1]), Path(sys.argv[2])).__dict__))


if __name__ == "__main__":
    main()
