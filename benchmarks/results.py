"""RESULTS.md from the readings that are kept: every goal with what was measured, met or not."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
KEPT: Final = HERE.parent / "build" / "benchmarks"
RESULTS: Final = HERE / "RESULTS.md"
REMARKS: Final = HERE / "remarks.md"
Lines = Iterator[str]


def write_results() -> None:
    found = {path.stem: json.loads(path.read_text()) for path in sorted(KEPT.glob("*.json"))}
    lines = [*_opening(found)]
    imports = sorted((key for key in found if key.startswith("import-")), key=lambda key: int(key.split("-")[1]))
    for key in imports:
        lines += _importing(found[key])
    for key, section in (("counts", _counts), ("assess", _assess), ("pages", _pages)):
        if key in found:
            lines += section(found[key])
    if REMARKS.is_file():
        lines += ["", REMARKS.read_text(encoding="utf-8").strip()]
    RESULTS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _opening(found: dict[str, Any]) -> Lines:
    yield "# Speed"
    yield ""
    yield "Written by `make bench` (`python -m benchmarks`); do not edit it, remarks stand in `remarks.md`."
    yield ""
    yield (
        "Ratios are the measure: rivals run in turn in the same minutes, each run in a process of its own, medians of "
        "the runs. *Processor* is processor time of all threads: it says more than the clock where other work "
        "shares the machine. A goal counts as met where both ratios meet it."
    )
    for machine in dict.fromkeys(part["machine"] for part in found.values()):
        yield ""
        yield f"Machine: {machine}"


def _circumstances(found: dict[str, Any]) -> str:
    before, after = found["load"]
    number = found.get("times", 0)
    times = f", {number} run{'s' if number > 1 else ''} of each" if number else ""
    return f"{found['day']}{times}; processes that wanted a processor: {before} before, {after} after."


def _importing(found: dict[str, Any]) -> Lines:
    yield ""
    yield f"## Import of {found['rows'] / 1e6:g} million rows"
    yield ""
    if "skipped" in found:
        yield f"Not measured: {found['skipped']}."
        return
    yield f"{found['files']} files, {found['bytes'] / 2**30:.2f} GB. {_circumstances(found)}"
    if "disturbed" in found:
        yield ""
        yield f"**Disturbed:** {found['disturbed']}"
    yield ""
    yield "| | seconds | processor seconds | rows a second | peak memory, MB | Parquet, MB |"
    yield "|---|---|---|---|---|---|"
    words = {
        "baseline": "baseline: raw DuckDB, declared schema, zstd, 2 threads, order not kept, 12 columns, a file each",
        "side": "the same, two files side by side with a thread each",
        "checks": "Frankpledge with checks and digests, without place and time",
        "whole": "Frankpledge, whole",
    }
    for name, title in words.items():
        m = found["middle"][name]
        yield (
            f"| {title} | {m['seconds']:.1f} | {m['processor']:.1f} | {found['rows'] / m['seconds']:,.0f} "
            f"| {m['peak']:.0f} | {m['told']['bytes'] / 2**20:.0f} |"
        )
    yield ""
    yield "| goal | clock | processor | met | beside two files side by side: clock | processor |"
    yield "|---|---|---|---|---|---|"
    for name, title, goal in (("checks", "checks and digests", 1.3), ("whole", "whole", 2.0)):
        clock, used = found["ratios"][f"{name}/baseline/seconds"], found["ratios"][f"{name}/baseline/processor"]
        other = " | ".join(f"{found['ratios'][f'{name}/side/{m}']:.2f}" for m in ("seconds", "processor"))
        met = "not settled" if "disturbed" in found else _met(max(clock, used) <= goal)
        yield f"| {title} ≤ {goal} × | {clock:.2f} | {used:.2f} | {met} | {other} |"
    peak = found["middle"]["whole"]["peak"]
    yield f"| peak memory < 1,000 MB | {peak:.0f} MB | | {_met(peak < 1000)} | | |"
    yield ""
    yield "Phases of the whole import, processor seconds of both threads:"
    yield ""
    for phase, seconds in sorted(found["middle"]["whole"]["told"]["phases"].items(), key=lambda pair: -pair[1]):
        yield f"- {phase}: {seconds:.2f}"


def _counts(found: dict[str, Any]) -> Lines:
    yield ""
    yield "## From the store to counts by month, district and type"
    yield ""
    yield f"{found['rows'] / 1e6:g} million rows. {_circumstances(found)}"
    yield ""
    yield "| | seconds | processor seconds | peak memory, MB |"
    yield "|---|---|---|---|"
    words = {"store": "store", "pandas": "pandas from CSV, 3 columns, pyarrow reader", "pandas-c": "the same, C reader"}
    for how, title in words.items():
        m = found["middle"][how]
        yield f"| {title} | {m['seconds']:.2f} | {m['processor']:.2f} | {m['peak']:.0f} |"
    best = max(found["ratios"][f"{how}/seconds"] for how in ("pandas", "pandas-c"))
    used = max(found["ratios"][f"{how}/processor"] for how in ("pandas", "pandas-c"))
    yield ""
    met = _met(max(best, used) <= 0.5)
    yield f"Goal ≤ 0.5 × the faster pandas: {best:.2f} by the clock, {used:.2f} by processor time. {met}."


def _assess(found: dict[str, Any]) -> Lines:
    whole = statistics.median(run["seconds"] for run in found["runs"])
    figures = statistics.median(run["told"]["assess"] for run in found["runs"])
    rendering = statistics.median(found["rendering"])
    clock = statistics.median(run["seconds"] / run["told"]["rendering"] for run in found["runs"])
    used = statistics.median(run["processor"] / run["told"]["rendering_processor"] for run in found["runs"])
    told = found["runs"][-1]["told"]
    yield ""
    yield "## A whole assessment"
    yield ""
    yield (
        f"{found['rows'] / 1e6:g} million rows in the store; {told['sections']} sections, {told['figures']} figures, "
        f"{told['claims']} claims; web page, Word and PDF. {_circumstances(found)}"
    )
    yield ""
    yield f"- whole, from a cold start of the process: {whole:.1f} s, of which figures and sentences {figures:.1f} s"
    yield f"- rendering the same charts and documents from ready figures: {rendering:.1f} s"
    yield f"- peak memory: {max(run['peak'] for run in found['runs']):.0f} MB"
    yield ""
    yield f"Goal ≤ 3 ×: {clock:.2f} by the clock, {used:.2f} by processor time. {_met(max(clock, used) <= 3)}."


def _pages(found: dict[str, Any]) -> Lines:
    asked, shown = found["questions"], found["pages"]
    yield ""
    yield f"## Pages with {asked['told']['rows'] / 1e6:g} million rows in the store"
    yield ""
    yield _circumstances(found)
    yield ""
    yield (
        f"Through the whole stack, without a socket. *First* makes what is then kept until the data change; median and "
        f"95th percentile of {shown['told']['times']} further requests."
    )
    yield ""
    yield "| page | first, s | median, ms | 95th percentile, ms |"
    yield "|---|---|---|---|"
    for page in shown["told"]["pages"]:
        yield (f"| {page['name']} | {page['first']:.2f} | {1000 * page['median']:.0f} | {1000 * page['p95']:.0f} |")
    yield ""
    yield (
        "The analytical part alone, warm, no result kept, beside raw DuckDB over the same Parquet files "
        f"(medians of {asked['told']['times']}, asked in turn). Goal: ≤ 2 × or + 50 ms, whichever is larger."
    )
    yield ""
    yield "| question | Frankpledge, ms | raw DuckDB, ms | ratio | met |"
    yield "|---|---|---|---|---|"
    for answer in asked["told"]["answers"]:
        ours, raw = 1000 * answer["ours"], 1000 * answer["raw"]
        good = ours <= max(2 * raw, raw + 50)
        yield f"| {answer['name']} | {ours:.0f} | {raw:.0f} | {ours / raw:.2f} | {_met(good)} |"
    yield ""
    yield f"Peak memory of a process that answers pages: {shown['peak']:.0f} MB."


def _met(good: bool) -> str:
    return "met" if good else "**missed**"
