"""What was measured, as a table for the terminal, a page and JSON."""

import json
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import aims, tables
from tests.benchmarks.figures import Result, Spread
from tests.benchmarks.sides import OURS, SLOW
from tests.benchmarks.slow_disk import SLOWER_MS

BUSY = 0.8
#: Commits of the worker for one turn at full load: keep it and take the next event; settle its message and take the
#: next one.
COMMITS = 2
PROSE = Path(__file__).with_name("page.md")


def table(result: Result) -> str:
    """Everything that was measured, as Markdown."""
    made = (aims.table, tables.ratios, tables.absolute, tables.half, tables.start, tables.memory, tables.cpu, _bound)
    return "\n\n".join(make(result) for make in made)


def write(result: Result, folder: Path) -> None:
    """Refresh the page and the JSON beside it."""
    text = PROSE.read_text().format(
        machine=_machine(result),
        once=_once(result),
        left_out="".join(f"\n\n{why}" for why in result.left_out),
        aims=aims.table(result),
        ratios=tables.ratios(result),
        absolute=tables.absolute(result),
        half=tables.half(result),
        start=tables.start(result),
        slow=_slow(result),
        memory=tables.memory(result),
        cpu=tables.cpu(result),
        bound=_bound(result),
        messages=_messages(result),
    )
    (folder / "benchmarks.md").write_text(text)
    (folder / "benchmarks.json").write_text(json.dumps(as_json(result), ensure_ascii=False, indent=1) + "\n")


def as_json(result: Result) -> dict[str, Any]:
    """Median, least and most of every figure, and the ratios."""
    figures = {key: sorted({name for run in runs for name in run.figures}) for key, runs in result.runs.items()}
    return {
        "machine": result.machine,
        "rounds": result.rounds,
        "seconds": round(result.seconds),
        "left_out": result.left_out,
        "stand_in_replies_a_second": round(result.ceiling),
        "fdatasync_ms": [round(took, 3) for took in result.disk_ms],
        "slow_fdatasync_ms": result.slow_fdatasync_ms,
        "aims": aims.as_json(result),
        "ratio_of_ours_to": {
            other: {f"{s} {f}": _rounded(result.ratio(s, f, OURS, other)) for s, f, _ in tables.RATES}
            for other in result.sides
            if other != OURS
        },
        "figures": {
            f"{series}, {side}": {figure: _rounded(result.spread(series, side, figure)) for figure in names}
            for (series, side), names in sorted(figures.items())
        },
        "memory_mib": {side: {p: round(m, 1) for p, m in parts.items()} for side, parts in result.memory.items()},
        "cpu_ms_an_event": {
            f"{series}, {side}": {part: round(ms, 2) for part, ms in result.cpu(series, side).items()}
            for series, side in sorted(figures)
            if series != "start"
        },
        "faults": result.faults,
    }


def _bound(result: Result) -> str:
    """Which part was as busy as one process can be, by its CPU and the rate."""
    lines = [_bound_of(result, series, text) for series, text in (("menu", "«เมนู»"), ("card", "«คะแนนล่าสุด»"))]
    return "\n".join(line for line in lines if line)


def _bound_of(result: Result, series: str, text: str) -> str:
    rate = result.spread(series, OURS, "turn/s")
    if rate is None:
        return ""
    used = result.cpu(series, OURS)
    shares = {part: used[part] * rate.median / 1000 for part in ("worker", "web")}
    waits = COMMITS * median(result.disk_ms) * rate.median / 1000
    bounds = "bounds the rate" if shares["worker"] + waits > BUSY else "alone does not bound the rate"
    return (
        f"- {text}: at {rate.median:.0f} turns a second the worker uses {shares['worker']:.0%} of a core "
        f"({used['worker']:.1f} ms a turn) and waits up to {waits:.0%} of the time for its commits to reach the disk; "
        f"the web processes use {shares['web']:.0%}. One Python process can use about one core: the worker {bounds}."
    )


def _machine(result: Result) -> str:
    m = result.machine
    return (
        f"{m['date']} · {m['cores']} cores, shared by the sides, the load and the stand-in · {m['memory_gib']} GiB · "
        f"Python {m['python']} · SQLite {m['sqlite']} · 4 KiB made durable in {_disk(result)} ms (median of a round, "
        f"least to most) · load average at start {m['load_average_at_start']} · {result.rounds} rounds in "
        f"{result.seconds / 60:.1f} minutes · the stand-in alone takes {result.ceiling:,.0f} replies a second"
    )


def _disk(result: Result) -> str:
    return f"{median(result.disk_ms):.2f} ({min(result.disk_ms):.2f} to {max(result.disk_ms):.2f})"


def _once(result: Result) -> str:
    events = {
        side: sum(run.events for (_, s), runs in result.runs.items() if s == side for run in runs)
        for side in result.sides
    }
    counts = ", ".join(f"{count:,} ({side})" for side, count in events.items())
    said = "; ".join(result.faults) or "every one was acknowledged, and answered exactly once by whoever answers"
    return f"Events: {counts}; {said}."


def _slow(result: Result) -> str:
    if SLOW not in result.sides:
        return "The slow disk was left out."
    return (
        f"On the slow disk every fsync and fdatasync takes {SLOWER_MS} ms longer: 4 KiB were made durable in "
        f"{result.slow_fdatasync_ms} ms there."
    )


def _messages(result: Result) -> str:
    counts = ", ".join(f"{how_many} in {answers:,} answers" for how_many, answers in sorted(result.messages.items()))
    return f"Messages in an answer, all sides together: {counts}."


def _rounded(spread: Spread | None) -> dict[str, float] | None:
    return {name: round(value, 3) for name, value in asdict(spread).items()} if spread else None
