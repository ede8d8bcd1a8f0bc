"""Questions about documents: one row each, known by what it is about, so that nothing is asked twice."""

import dataclasses
import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, facts
from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.documents.shape import Place
from itadomain.questions import About, Question


class QuestionRow(Owned, Base):
    """A question, open while it has no day of its answer."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("agency_id", "fingerprint"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    about: Mapped[str]
    key: Mapped[str]
    facts: Mapped[str]
    document: Mapped[str]
    place: Mapped[str]
    choices: Mapped[str]
    measures: Mapped[str]
    asked_on: Mapped[str]
    answer: Mapped[str]
    answered_by: Mapped[str]
    answered_on: Mapped[str]


class SqlQuestions:
    """One agency's questions."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later

    def open(self) -> Sequence[Question]:
        """Those that wait for an answer, oldest first."""
        waiting = select(QuestionRow).where(QuestionRow.answered_on == "")
        return [_question(row) for row in self._session.scalars(waiting.order_by(QuestionRow.asked_on, QuestionRow.id))]

    def get(self, question_id: str) -> Question | None:
        """One question by its id."""
        row = self._session.scalar(select(QuestionRow).where(QuestionRow.id == question_id))
        return _question(row) if row else None

    def ask(self, question: Question) -> None:
        """Keep a new question; one about the same is left as it is, answered or not."""

        def write(session: AgencySession) -> None:
            mark = _fingerprint(question)
            if session.scalar(select(QuestionRow.id).where(QuestionRow.fingerprint == mark)) is None:
                session.add(QuestionRow(id=question.id, fingerprint=mark, **_columns(question)))

        self._later(write)

    def save(self, question: Question) -> None:
        """Keep the answer to a question."""

        def write(session: AgencySession) -> None:
            row = session.scalars(select(QuestionRow).where(QuestionRow.id == question.id)).one()
            row.answer, row.answered_by = question.answer, question.answered_by
            row.answered_on = days.kept(question.answered_on)

        self._later(write)


def _fingerprint(question: Question) -> str:
    about = [question.about, question.key, sorted(question.measures), facts.write(question.facts)]
    return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()


def _columns(question: Question) -> dict[str, object]:
    return {
        "about": question.about.value,
        "key": question.key,
        "facts": facts.write(question.facts),
        "document": question.document,
        "place": json.dumps(dataclasses.asdict(question.place), ensure_ascii=False),
        "choices": json.dumps(list(question.choices), ensure_ascii=False),
        "measures": json.dumps(list(question.measures)),
        "asked_on": days.kept(question.asked_on),
        "answer": question.answer,
        "answered_by": question.answered_by,
        "answered_on": days.kept(question.answered_on),
    }


def _question(row: QuestionRow) -> Question:
    return Question(
        id=row.id,
        about=About(row.about),
        key=row.key,
        facts=facts.read(row.facts),
        document=row.document,
        place=Place(**json.loads(row.place)),
        choices=tuple(json.loads(row.choices)),
        measures=tuple(json.loads(row.measures)),
        asked_on=days.read(row.asked_on),
        answer=row.answer,
        answered_by=row.answered_by,
        answered_on=days.read(row.answered_on),
    )
