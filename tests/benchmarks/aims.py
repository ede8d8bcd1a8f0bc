"""What we aim at, beside what was measured. An aim gates nothing: a miss is printed as one."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks import sides
from tests.benchmarks.figures import Result, Spread
from tests.benchmarks.tables import markdown, number, times


@dataclass(frozen=True)
class Aim:
    """One aim: at least `wanted` times `beside`, or else fewer than `wanted` milliseconds."""

    text: str
    side: str
    series: str
    figure: str
    wanted: float
    beside: str = ""

    def measured(self, result: Result) -> Spread | None:
        if self.beside:
            return result.ratio(self.series, self.figure, self.side, self.beside)
        return result.spread(self.series, self.side, self.figure)

    def said(self) -> str:
        return f"≥ {self.wanted:g}×" if self.beside else f"< {self.wanted:g} ms"

    def verdict(self, result: Result) -> str:
        """Met or missed, by the median; and how far off a miss is."""
        measured = self.measured(result)
        if measured is None:
            return "not measured"
        if (measured.median >= self.wanted) if self.beside else (measured.median < self.wanted):
            return "met"
        return f"**missed**: {measured.median / self.wanted:.2g} times the aim"


def aims(result: Result) -> list[Aim]:
    """Those of every side of ours that took part."""
    return [
        *(aim for side in (sides.OURS, sides.POSTGRES) if side in result.sides for aim in _of(side)),
        *(_at_half_load(sides.SLOW) if sides.SLOW in result.sides else ()),
    ]


def _of(side: str) -> Iterator[Aim]:
    yield Aim("acknowledged durably, beside the plain app", side, "flood", "ack/s", 1.5, sides.PLAIN)
    yield Aim("… with its client kept", side, "flood", "ack/s", 1.5, sides.KEPT)
    yield Aim("acknowledged durably, beside the no-op", side, "flood", "ack/s", 0.5, sides.NOOP)
    yield Aim("full turns («เมนู»), beside the plain app's answers", side, "menu", "turn/s", 1, sides.PLAIN)
    yield Aim("… with its client kept", side, "menu", "turn/s", 1, sides.KEPT)
    yield from _at_half_load(side)


def _at_half_load(side: str) -> Iterator[Aim]:
    yield Aim("webhook to answer at half load, p50", side, "half", "turn p50", 30)
    yield Aim("webhook to 200 at half load, p99", side, "half", "ack p99", 50)


def table(result: Result) -> str:
    lines = []
    for aim in aims(result):
        measured = aim.measured(result)
        lines.append([
            aim.text, aim.side, aim.said(), times(measured) if aim.beside else number(measured), aim.verdict(result)
        ])  # fmt: skip
    return markdown(["aim", "side", "wanted", "measured", ""], lines)


def as_json(result: Result) -> list[dict[str, str | float | None]]:
    found = [(aim, aim.measured(result)) for aim in aims(result)]
    return [
        {
            "aim": f"{aim.series} {aim.figure}",
            "side": aim.side,
            "beside": aim.beside or None,
            "wanted": aim.wanted,
            "median": round(measured.median, 3) if measured else None,
        }
        for aim, measured in found
    ]
