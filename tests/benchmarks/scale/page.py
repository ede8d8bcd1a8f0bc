"""What was measured, as tables, a page and JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import Result
from tests.benchmarks.scale.cells import POSTGRES, SQLITE, Cell, Plan, Size
from tests.benchmarks.tables import markdown, number

PROSE = Path(__file__).with_name("page.md")
FIGURES = (("flood", "ack/s"), ("menu", "turn/s"), ("menu", "turn p50"))
NAMED = {"ack/s": "200s a second", "turn/s": "turns a second", "turn p50": "ms to the answer, p50"}

Mib = Mapping[tuple[str, Size], float]


def tables(result: Result, plan: Plan, mib: Mib) -> str:
    """Everything that was measured, as Markdown."""
    return "\n\n".join([*(_stored(result, plan, mib, name) for name in (SQLITE, POSTGRES)), _workers(result, plan)])


def write(result: Result, plan: Plan, mib: Mib, folder: Path) -> None:
    """Refresh the page and the JSON beside it."""
    text = PROSE.read_text().format(
        machine=_machine(result),
        faults="; ".join(result.faults) or "Every event was acknowledged and answered exactly once.",
        left_out="".join(f"\n\n{why}" for why in result.left_out),
        sqlite=_stored(result, plan, mib, SQLITE),
        postgres=_stored(result, plan, mib, POSTGRES),
        workers=_workers(result, plan),
    )
    (folder / "scale.md").write_text(text)
    (folder / "scale.json").write_text(json.dumps(as_json(result, plan, mib), ensure_ascii=False, indent=1) + "\n")


def as_json(result: Result, plan: Plan, mib: Mib) -> dict[str, Any]:
    return {
        "machine": result.machine,
        "rounds": result.rounds,
        "seconds": round(result.seconds),
        "left_out": result.left_out,
        "cells": [
            {
                "database": cell.database, "events": cell.size.events, "agencies": cell.size.agencies,
                "workers": cell.workers, "mib": round(mib.get((cell.database, cell.size), 0)),
                **{f"{series} {figure}": _rounded(result, cell, series, figure) for series, figure in FIGURES},
            }
            for cell in plan.cells()
        ],
        "faults": result.faults,
    }  # fmt: skip


def _stored(result: Result, plan: Plan, mib: Mib, database: str) -> str:
    lines = []
    for size in plan.sizes:
        figures = [number(result.spread(series, str(Cell(database, size)), figure)) for series, figure in FIGURES]
        held = mib.get((database, size))
        lines.append([f"{size.events:,}", f"{size.agencies:,}", "-" if held is None else f"{held:,.0f}", *figures])
    return markdown(["stored events", "agencies", "MiB", *NAMED.values()], lines)


def _workers(result: Result, plan: Plan) -> str:
    lines = []
    for size in plan.crowded:
        for workers in plan.workers:
            cell = str(Cell(POSTGRES, size, workers))
            figures = [number(result.spread(series, cell, figure)) for series, figure in FIGURES]
            lines.append([f"{size.events:,}", f"{size.agencies:,}", str(workers), *figures])
    return markdown(["stored events", "agencies", "workers", *NAMED.values()], lines)


def _machine(result: Result) -> str:
    m = result.machine
    return (
        f"{m['date']} · {m['cores']} cores, shared with the load, the stand-in of LINE and the database · "
        f"{m['memory_gib']} GiB · Python {m['python']} · SQLite {m['sqlite']} · 4 KiB made durable in "
        f"{median(result.disk_ms):.2f} ms · {result.rounds} rounds in {result.seconds / 60:.0f} minutes"
    )


def _rounded(result: Result, cell: Cell, series: str, figure: str) -> dict[str, float] | None:
    spread = result.spread(series, str(cell), figure)
    return {name: round(value, 3) for name, value in asdict(spread).items()} if spread else None
