"""What was measured, as tables in Markdown; a dash where nothing was."""

from collections.abc import Callable, Sequence

from tests.benchmarks import sides
from tests.benchmarks.figures import Result, Spread

#: Series, figure, what it is called; in the order of the table.
RATES = (
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
#: At half of its own rate each side has another load, so these have no ratio.
HALF = (
    ("half", "ack/s", "webhooks a second, posted by chance"),
    ("half", "ack p50", "… milliseconds to the 200, p50"),
    ("half", "ack p99", "… milliseconds to the 200, p99"),
    ("half", "turn p50", "… milliseconds from webhook to answer, p50"),
    ("half", "turn p99", "… milliseconds from webhook to answer, p99"),
)
START = (
    ("start", "first 200", "milliseconds to the first 200"),
    ("start", "first answer", "milliseconds to the first answer in the chat"),
)
PARTS = ("web", "worker", "supervisor", "database")


def ratios(result: Result) -> str:
    """Ours to each of the others, and ours on PostgreSQL to the plain app."""
    pairs = [(sides.OURS, other) for other in result.sides if other not in (sides.OURS, sides.SLOW)]
    pairs += [(sides.POSTGRES, sides.PLAIN)] * (sides.POSTGRES in result.sides)
    lines = [
        [text, *(times(result.ratio(name, figure, one, other)) for one, other in pairs)] for name, figure, text in RATES
    ]
    return markdown(["", *(f"{one} ÷ {other}" for one, other in pairs)], lines)


def absolute(result: Result) -> str:
    return _of_sides(result, RATES, result.sides)


def half(result: Result) -> str:
    return _of_sides(result, HALF, [side for side in result.sides if side != sides.NOOP])


def start(result: Result) -> str:
    return _of_sides(result, START, [side for side in result.sides if side != sides.SLOW])


def _of_sides(result: Result, rows: Sequence[tuple[str, str, str]], names: Sequence[str]) -> str:
    lines = [[text, *(number(result.spread(series, side, figure)) for side in names)] for series, figure, text in rows]
    return markdown(["", *names], lines)


def memory(result: Result) -> str:
    names = [side for side in result.sides if side != sides.SLOW]
    lines = _filled(PARTS, lambda part: [_mib(result.memory[side].get(part)) for side in names])
    return markdown(
        ["memory, MiB (PSS)", *names], [*lines, ["all", *(_mib(sum(result.memory[side].values())) for side in names)]]
    )


def cpu(result: Result) -> str:
    lines = []
    for name in ("flood", "menu", "card"):
        used = {side: result.cpu(name, side) for side in result.sides}
        lines += _filled(
            (*PARTS, "stand-in", "load"), lambda part, used=used: [_ms(one.get(part)) for one in used.values()], name
        )
    return markdown(["CPU, ms an event", *result.sides], lines)


def _filled(parts: Sequence[str], cells: Callable[[str], Sequence[str]], name: str = "") -> list[list[str]]:
    """A line a part, where any side has it."""
    lines = [[f"{name}: {part}" if name else part, *cells(part)] for part in parts]
    return [line for line in lines if set(line[1:]) - {"-", "0.00"}]


def markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [head, ["---", *["---:"] * (len(head) - 1)], *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def times(spread: Spread | None) -> str:
    return "-" if spread is None else f"**{spread.median:.2g}×** ({spread.least:.2g} to {spread.most:.2g})"


def number(spread: Spread | None) -> str:
    return "-" if spread is None else f"{digits(spread.median)} ({digits(spread.least)} to {digits(spread.most)})"


def digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _mib(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
