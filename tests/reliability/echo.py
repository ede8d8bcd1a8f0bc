"""A feature for these tests only: says back what it heard, and writes one row about it in the turn's own commit.

Who reads the record and the rows can tell for every single message what it did and how it was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import text

from bot.texts import Texts
from handlers.kit import SILENCE, Feature, Reply, Task, Turn, say
from tests.reliability.deaths import TASK_POINTS, Fate, Plan

ECHO = "echo "
WORK = "echo.work"
#: No unique key: a doubled effect shall be seen, not refused.
TABLES = {
    "sqlite": "CREATE TABLE effect (id INTEGER PRIMARY KEY, said TEXT NOT NULL)",
    "postgresql": "CREATE TABLE effect (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, said TEXT NOT NULL)",
}
EFFECT = text("INSERT INTO effect (said) VALUES (:said)")
#: The same of what a task came to.
TABLES_OF_TASKS = {engine: sql.replace("effect", "came") for engine, sql in TABLES.items()}
CAME = text("INSERT INTO came (said) VALUES (:said)")


@dataclass(frozen=True)
class Reading:
    """Whatever is said means: echo."""

    intent: str = "echo"
    values: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 1.0


class Understanding:
    def read(self, text: str, today: date) -> Reading:
        return Reading()


def echoing(fate: Fate) -> Feature:
    """The feature; its step passes the point of that name."""
    feature = Feature("echo")
    works = bool(set(Plan.read().points) & {*TASK_POINTS})

    @feature.on("intent:echo")
    def echo(turn: Turn) -> Reply:
        fate.passing("step")
        turn.store._writes.append(lambda session: session.execute(EFFECT, {"said": turn.text}))
        said = say("echo.said", said=turn.text)
        return said.doing(Task(WORK, {"said": turn.text})) if works else said

    @feature.on(f"task:{WORK}", aside=True)
    def came(turn: Turn) -> Reply:
        turn.store._writes.append(lambda session: session.execute(CAME, {"said": turn.values["said"]}))
        return SILENCE

    return feature


def working(fate: Fate) -> Mapping[str, Any]:
    """What is done for the echo's task: nothing, and it passes the point of that name."""

    def work(_errand: Any) -> Mapping[str, Any]:
        fate.passing("task work")
        return {}

    return {WORK: work}


def teach(texts: type[Texts]) -> None:
    """Give the texts of every language the one that the echo needs."""
    read = texts.__init__

    def read_more(self: Texts, *given: Any) -> None:
        read(self, *given)
        self.words = {language: {**table, "echo.said": f"{ECHO}{{said}}"} for language, table in self.words.items()}

    texts.__init__ = read_more
