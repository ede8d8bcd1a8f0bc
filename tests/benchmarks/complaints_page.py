"""What the minute of complaints came to, as a line and as a page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.complaining import EVENTS, PAUSE_S
from tests.benchmarks.tables import digits, markdown

if TYPE_CHECKING:
    from tests.benchmarks.complaints import Round

PROSE = Path(__file__).with_name("complaints.md")
ROWS = (
    ("webhook p50", "milliseconds from webhook to 200, p50"),
    ("webhook p99", "… p99"),
    ("answer p50", "milliseconds from a word to its answer, p50"),
    ("answer p99", "… p99"),
    ("answer most", "… the longest"),
    ("number p50", "milliseconds from «ส่ง» to the number, p50"),
    ("number p99", "… p99"),
)
PARTS = ("web", "worker", "supervisor", "database", "simulator and people")


def in_short(one: "Round") -> str:
    """A line for the terminal."""
    said = "; ".join(one.faults) or "nothing lost, nothing doubled"
    f = one.figures
    return (
        f"{one.people} complaints in {one.seconds:.0f} s, {one.people * EVENTS / one.seconds:.0f} events/s; answer p50 "
        f"{digits(f['answer p50'])} p99 {digits(f['answer p99'])} ms; worker {one.busy.get('worker', 0):.0%} of a core; "
        f"{one.heard.pushed} pushed; {one.heard.refused} refused at first; {dict(one.heard.denied) or ''} {said}"
    )


def page(described: Mapping[str, Any], rounds: Sequence["Round"], rate: float, seconds: float, took: float) -> str:
    """The page: prose with what was measured in it."""
    return PROSE.read_text(encoding="utf-8").format(
        rate=f"{rate:g}",
        seconds=f"{seconds:g}",
        events=EVENTS,
        load=f"{rate * EVENTS:g}",
        pause=f"{PAUSE_S:g}",
        machine=_machine(described, rounds, took),
        verdict=_verdict(rounds),
        keeps_up="\n".join(_keeps_up(one, rate * EVENTS) for one in rounds),
        table=_table(rounds),
        memory=_parts(rounds, lambda one: one.memory, "memory at most, MiB (PSS)", "{:.0f}"),
        busy=_parts(rounds, lambda one: one.busy, "share of a core", "{:.0%}"),
    )


def _machine(described: Mapping[str, Any], rounds: Sequence["Round"], took: float) -> str:
    disks, loops = [one.disk_ms for one in rounds], [one.loop_ms for one in rounds]
    return (
        f"{described['date']} · {described['cores']} cores, shared by the service, the database, the simulator and the "
        f"people · {described['memory_gib']} GiB · Python {described['python']} · SQLite {described['sqlite']} · "
        f"load average at start {described['load_average_at_start']} · {len(rounds)} rounds in {took / 60:.1f} minutes · "
        f"before each round: 4 KiB made durable in {_spread(disks)} ms, a fixed piece of arithmetic in "
        f"{_spread(loops)} ms"
    )


def _verdict(rounds: Sequence["Round"]) -> str:
    counts = "; ".join(f"{one.engine}: {one.people:,}" for one in rounds)
    faults = [f"{one.engine}: {fault}" for one in rounds for fault in one.faults]
    if faults:
        return f"**FAULT** ({counts} complaints): " + "; ".join(faults)
    return f"Complaints: {counts}. Not one was lost, doubled or mixed up."


def _keeps_up(one: "Round", load: float) -> str:
    """How long after the last word the last answer came."""
    done = one.people * EVENTS / one.seconds
    return (
        f"- {one.engine}: {load:g} events a second came, {done:.0f} were answered; the last answer came "
        f"{one.behind_s:.0f} s after the last word. A word was posted {one.late_s:.1f} s late at most."
    )


def _table(rounds: Sequence["Round"]) -> str:
    engines = list(dict.fromkeys(one.engine for one in rounds))
    of = {engine: [one for one in rounds if one.engine == engine] for engine in engines}
    lines = [["events a second, from the first word to the last answer", *(
        _spread([one.people * EVENTS / one.seconds for one in of[engine]]) for engine in engines
    )]]  # fmt: skip
    for figure, what in ROWS:
        lines.append([what, *(_spread([one.figures[figure] for one in of[engine]]) for engine in engines)])
    for what, count in (
        ("answers that were pushed, their token being too old", lambda one: one.heard.pushed),
        ("webhooks that had to be delivered again", lambda one: one.heard.refused),
        ("notices to officers", lambda one: one.heard.told_officers),
    ):
        lines.append([what, *(_spread([float(count(one)) for one in of[engine]]) for engine in engines)])
    return markdown(["", *engines], lines)


def _parts(rounds: Sequence["Round"], of: Any, head: str, form: str) -> str:
    engines = list(dict.fromkeys(one.engine for one in rounds))
    lines = []
    for part in PARTS:
        cells = []
        for engine in engines:
            found = [of(one)[part] for one in rounds if one.engine == engine and part in of(one)]
            cells.append(form.format(median(found)) if found else "-")
        if set(cells) != {"-"}:
            lines.append([part, *cells])
    return markdown([head, *engines], lines)


def _spread(values: Sequence[float]) -> str:
    if len(values) == 1:
        return _digits(values[0])
    return f"{_digits(median(values))} ({_digits(min(values))} to {_digits(max(values))})"


def _digits(value: float) -> str:
    return digits(value) if value >= 1 or value == 0 else f"{value:.2f}"
