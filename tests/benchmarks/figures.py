"""Figures of a run, their median and spread over the rounds, and whether every event was answered exactly once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median, quantiles
from typing import Any, Self

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
    def of(cls, run: Run, cpu_s: Mapping[str, float], *, answering: bool = True) -> Self:
        fates = run.fates
        refused = sum(fate.status != 200 for fate in fates.values())
        lost = sum(answering and fate.status == 200 and not fate.answered for fate in fates.values())
        faults = [f"{refused} refused"] * bool(refused) + [f"{lost} acknowledged and never answered"] * bool(lost)
        faults += ["nothing was posted"] * (not fates)
        figures = {} if faults else _figures(run, answering=answering)
        each = {part: 1000 * used / max(1, len(fates)) for part, used in cpu_s.items()}
        return cls(len(fates), faults, list(fates), each, figures)

    def with_figures(self, figures: Mapping[str, float]) -> Self:
        """The same run with other figures; none where it has faults."""
        return replace(self, figures={} if self.faults else figures)

    def in_short(self) -> str:
        if self.faults:
            return "; ".join(self.faults)
        figures = "  ".join(f"{name} {value:.1f}" for name, value in self.figures.items())
        return f"{self.events} events  {figures}"


def _figures(run: Run, *, answering: bool) -> Mapping[str, float]:
    acknowledged = _percentiles(run.acknowledgement_ms)
    figures = {"ack/s": run.acknowledged_a_second, "ack p50": acknowledged[0], "ack p99": acknowledged[1]}
    if not answering:
        return figures
    turned = _percentiles(run.turn_ms)
    return {**figures, "turn/s": run.answered_a_second, "turn p50": turned[0], "turn p99": turned[1]}


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

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread | None":
        return cls(median(values), min(values), max(values)) if values else None


@dataclass
class Result:
    """All that was measured."""

    machine: Mapping[str, Any]
    rounds: int
    sides: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    ceiling: float = 0
    seconds: float = 0
    slow_fdatasync_ms: float = 0
    #: What 4 KiB made durable took before each round, in milliseconds.
    disk_ms: list[float] = field(default_factory=list)
    messages: Mapping[int, int] = field(default_factory=dict)
    memory: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    runs: dict[tuple[str, str], list[Measured]] = field(default_factory=dict)

    def add(self, series: str, side: str, measured: Measured) -> None:
        self.runs.setdefault((series, side), []).append(measured)
        self.faults += [f"FAULT: {series}, {side}: {fault} of {measured.events} events" for fault in measured.faults]

    def spread(self, series: str, side: str, figure: str) -> Spread | None:
        return Spread.of([run.figures[figure] for run in self.runs.get((series, side), []) if figure in run.figures])

    def ratio(self, series: str, figure: str, side: str, beside: str) -> Spread | None:
        """One side to another, round by round."""
        runs, others = self.runs.get((series, side), []), self.runs.get((series, beside), [])
        both = [(run.figures, other.figures) for run, other in zip(runs, others, strict=False)]
        return Spread.of([run[figure] / other[figure] for run, other in both if figure in run and figure in other])

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
