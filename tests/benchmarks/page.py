"""What was measured, as a table for the terminal, a page and JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Result, Spread

OURS, PLAIN, KEPT = SIDES = "ours", "plain", "plain, client kept"
#: Series, figure, what it is called; in the order of the table.
ROWS = (
    ("flood", "ack/s", "webhooks acknowledged a second, full load"),
    ("flood", "ack p50", "… milliseconds to the 200, p50"),
    ("flood", "ack p99", "… milliseconds to the 200, p99"),
    ("flood", "turn/s", "… answered a second, to the last answer"),
    ("menu", "turn/s", "«เมนู»: full turns a second"),
    ("menu", "turn p50", "… milliseconds from webhook to answer, p50"),
    ("menu", "turn p99", "… milliseconds from webhook to answer, p99"),
    ("card", "turn/s", "«คะแนนล่าสุด» (a card): full turns a second"),
    ("card", "turn p50", "… milliseconds from webhook to answer, p50"),
    ("card", "turn p99", "… milliseconds from webhook to answer, p99"),
    ("alone", "turn p50", "one person, nobody else: milliseconds to the answer, p50"),
    ("alone", "turn p99", "… p99"),
)
BUSY = 0.8
#: Write transactions of the worker for one turn: take the event, keep the turn, take the message, settle it.
COMMITS = 4
PROSE = Path(__file__).with_name("page.md")


def table(result: Result) -> str:
    """Everything that was measured, as Markdown."""
    return "\n\n".join([_speed(result), _memory(result), _cpu(result), _bound(result)])


def write(result: Result, folder: Path) -> None:
    """Refresh the page and the JSON beside it."""
    text = PROSE.read_text().format(
        machine=_machine(result),
        speed=_speed(result),
        memory=_memory(result),
        cpu=_cpu(result),
        bound=_bound(result),
        once=_once(result),
        messages=_messages(result),
    )
    (folder / "benchmarks.md").write_text(text)
    (folder / "benchmarks.json").write_text(json.dumps(as_json(result), ensure_ascii=False, indent=1) + "\n")


def as_json(result: Result) -> dict[str, Any]:
    """Median, least and most of every figure, and the ratios."""
    series = {name for name, _ in result.runs}
    figures = {figure for _, figure, _ in ROWS} | {"ack/s", "ack p50", "ack p99", "turn/s", "turn p50", "turn p99"}
    return {
        "machine": result.machine,
        "rounds": result.rounds,
        "seconds": round(result.seconds),
        "stand_in_replies_a_second": round(result.ceiling),
        "ratio_ours_to_plain": {f"{s} {f}": _rounded(result.ratio(s, f)) for s, f, _ in ROWS},
        "ratio_ours_to_plain_client_kept": {f"{s} {f}": _rounded(result.ratio(s, f, KEPT)) for s, f, _ in ROWS},
        "figures": {
            f"{name}, {side}": {f: _rounded(result.spread(name, side, f)) for f in sorted(figures)}
            for name in sorted(series)
            for side in SIDES
        },
        "memory_mib": {side: {p: round(m, 1) for p, m in parts.items()} for side, parts in result.memory.items()},
        "cpu_ms_an_event": {
            f"{name}, {side}": {part: round(ms, 2) for part, ms in result.cpu(name, side).items()}
            for name in sorted(series)
            for side in SIDES
        },
        "faults": result.faults,
    }


def _speed(result: Result) -> str:
    lines = [
        [
            text,
            _times(result.ratio(s, f)),
            _times(result.ratio(s, f, KEPT)),
            *(_number(result.spread(s, side, f)) for side in SIDES),
        ]
        for s, f, text in ROWS
    ]
    return _markdown(["", "ours ÷ plain", "ours ÷ plain, client kept", *SIDES], lines)


def _memory(result: Result) -> str:
    parts = ("web", "worker", "supervisor")
    lines = [[p, *(_mib(result.memory[side].get(p)) for side in SIDES)] for p in parts]
    return _markdown(["memory, MiB (PSS)", *SIDES], [*lines, ["all", *(_mib(_sum(result, side)) for side in SIDES)]])


def _sum(result: Result, side: str) -> float:
    return sum(result.memory[side].values())


def _cpu(result: Result) -> str:
    parts = ("web", "worker", "stand-in", "load")
    lines = []
    for name in ("flood", "menu", "card"):
        for part in parts:
            used = [result.cpu(name, side).get(part) for side in SIDES]
            lines.append([f"{name}: {part}", *("-" if ms is None else f"{ms:.2f}" for ms in used)])
    return _markdown(["CPU, ms an event", *SIDES], lines)


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
    waits = COMMITS * result.machine["fdatasync_ms"] * rate.median / 1000
    bounds = "bounds the rate" if shares["worker"] + waits > BUSY else "alone does not bound the rate"
    return (
        f"- {text}: at {rate.median:.0f} turns a second the worker uses {shares['worker']:.0%} of a core "
        f"({used['worker']:.1f} ms a turn) and waits up to {waits:.0%} of the time for its commits to reach the disk; "
        f"the web processes use {shares['web']:.0%}. One Python process can use about one core: the worker {bounds}."
    )


def _machine(result: Result) -> str:
    m = result.machine
    return (
        f"{m['date']} · {m['cores']} cores, shared by both sides, the load and the stand-in · {m['memory_gib']} GiB · "
        f"Python {m['python']} · SQLite {m['sqlite']} · 4 KiB made durable in {m['fdatasync_ms']} ms · load average "
        f"at start {m['load_average_at_start']} · {result.rounds} rounds in {result.seconds / 60:.1f} minutes · "
        f"the stand-in alone takes {result.ceiling:,.0f} replies a second"
    )


def _once(result: Result) -> str:
    events = {
        side: sum(run.events for (_, s), runs in result.runs.items() if s == side for run in runs) for side in SIDES
    }
    counts = ", ".join(f"{count:,} ({side})" for side, count in events.items())
    said = "; ".join(result.faults) or "every one was acknowledged and answered exactly once"
    return f"Events: {counts}; {said}."


def _messages(result: Result) -> str:
    counts = ", ".join(f"{how_many} in {answers:,} answers" for how_many, answers in sorted(result.messages.items()))
    return f"Messages in an answer, all sides together: {counts}."


def _markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [head, ["---", *["---:"] * (len(head) - 1)], *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _times(spread: Spread | None) -> str:
    return "-" if spread is None else f"**{spread.median:.2g}×** ({spread.least:.2g} to {spread.most:.2g})"


def _number(spread: Spread | None) -> str:
    return "-" if spread is None else f"{_digits(spread.median)} ({_digits(spread.least)} to {_digits(spread.most)})"


def _digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _mib(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _rounded(spread: Spread | None) -> dict[str, float] | None:
    return {name: round(value, 3) for name, value in asdict(spread).items()} if spread else None
