"""Figures of a run, their median and spread over the rounds, and whether every event was answered exactly once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from tests.benchmarks.load import Answers, Run


@dataclass(frozen=True)
class Measured:
    """One run in figures. CPU is milliseconds an event, by part."""

    events: int
    faults: Sequence[str]
    keys: Sequence[str]
    cpu_ms: Mapping[str, float]
    figures: Mapping[str, float]

    @classmethod
    def of(cls, run: Run, cpu_s: Mapping[str, float]) -> "Measured":
        fates = run.fates
        refused = sum(fate.status != 200 for fate in fates.values())
        lost = sum(fate.status == 200 and not fate.answered for fate in fates.values())
        faults = [f"{refused} refused"] * bool(refused) + [f"{lost} acknowledged and never answered"] * bool(lost)
        figures = {} if faults else _figures(run)
        each = {part: 1000 * used / max(1, len(fates)) for part, used in cpu_s.items()}
        return cls(len(fates), faults, list(fates), each, figures)

    def in_short(self) -> str:
        if self.faults:
            return "; ".join(self.faults)
        figures = "  ".join(f"{name} {value:.1f}" for name, value in self.figures.items())
        return f"{self.events} events  {figures}"


def _figures(run: Run) -> Mapping[str, float]:
    acknowledged, turned = _percentiles(run.acknowledgement_ms), _percentiles(run.turn_ms)
    return {
        "ack/s": run.acknowledged_a_second,
        "ack p50": acknowledged[0],
        "ack p99": acknowledged[1],
        "turn/s": run.answered_a_second,
        "turn p50": turned[0],
        "turn p99": turned[1],
    }


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    if len(values) == 1:
        return values[0], values[0]
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[98]


@dataclass(frozen=True)
class Spread:
    """The median of the rounds, the least and the most."""

    median: float
    least: float
    most: float


@dataclass
class Result:
    """All that was measured."""

    machine: Mapping[str, Any]
    rounds: int
    ceiling: float = 0
    seconds: float = 0
    messages: Mapping[int, int] = field(default_factory=dict)
    memory: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    runs: dict[tuple[str, str], list[Measured]] = field(default_factory=dict)

    def add(self, series: str, side: str, measured: Measured) -> None:
        self.runs.setdefault((series, side), []).append(measured)
        self.faults += [f"FAULT: {series}, {side}: {fault} of {measured.events} events" for fault in measured.faults]

    def spread(self, series: str, side: str, figure: str) -> Spread | None:
        values = [run.figures[figure] for run in self.runs.get((series, side), []) if run.figures]
        return Spread(median(values), min(values), max(values)) if values else None

    def ratio(self, series: str, figure: str, beside: str = "plain") -> Spread | None:
        """Ours to the plain app's, round by round."""
        pairs = zip(self.runs.get((series, "ours"), []), self.runs.get((series, beside), []), strict=True)
        values = [one.figures[figure] / other.figures[figure] for one, other in pairs if one.figures and other.figures]
        return Spread(median(values), min(values), max(values)) if values else None

    def cpu(self, series: str, side: str) -> Mapping[str, float]:
        """CPU milliseconds an event, by part."""
        runs = self.runs.get((series, side), [])
        return {part: median(run.cpu_ms[part] for run in runs) for part in (runs[0].cpu_ms if runs else ())}

    def check_once(self, answers: Answers) -> None:
        """No event of any run may have been answered more than once, however late."""
        self.messages = dict(answers.messages)
        for (series, side), runs in self.runs.items():
            twice = sum(answers.counted[key] > 1 for run in runs for key in run.keys)
            self.faults += [f"FAULT: {series}, {side}: {twice} events answered twice"] * bool(twice)
