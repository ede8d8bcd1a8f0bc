"""What is measured: how much is stored, for how many agencies, on which database, with how many workers."""

from collections.abc import Iterator
from dataclasses import dataclass

SQLITE, POSTGRES = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Size:
    """How much is stored before anything is measured."""

    events: int
    agencies: int

    def __str__(self) -> str:
        return f"{self.events:,} events of {self.agencies:,} agencies"


@dataclass(frozen=True)
class Cell:
    """One case."""

    database: str
    size: Size
    workers: int = 1

    def __str__(self) -> str:
        return f"{self.database}, {self.size}, workers: {self.workers}"


@dataclass(frozen=True)
class Plan:
    """Every size on both databases with one worker; some on PostgreSQL with more."""

    events: tuple[int, ...]
    agencies: tuple[int, ...]
    workers: tuple[int, ...]

    @property
    def sizes(self) -> list[Size]:
        return [Size(events, agencies) for events in self.events for agencies in self.agencies]

    @property
    def crowded(self) -> list[Size]:
        """Where more workers are tried: the smallest and the largest."""
        return [self.sizes[0], self.sizes[-1]]

    def cells(self) -> Iterator[Cell]:
        for size in self.sizes:
            yield Cell(SQLITE, size)
            yield Cell(POSTGRES, size)
        for size in self.crowded:
            yield from (Cell(POSTGRES, size, workers) for workers in self.workers if workers > 1)


WHOLE = Plan(events=(10**3, 10**5, 10**6), agencies=(1, 100, 2000), workers=(1, 2, 4))
QUICK = Plan(events=(10**3, 10**4), agencies=(1, 20), workers=(1, 2))
