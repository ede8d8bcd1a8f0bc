"""Questions about documents: one row each, known by what it is about, so that nothing is asked twice."""

import dataclasses
import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, facts
from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.documents.shape import Place
from itadomain.questions import About, Question


class QuestionRow(Owned, Base):
    """A question, open while it has no day of its answer. Its facts are sealed."""

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

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def open(self) -> Sequence[Question]:
        """Those that wait for an answer, oldest first."""
        return self._in_order(select(QuestionRow).where(QuestionRow.answered_on == ""))

    def about(self, about: About) -> Sequence[Question]:
        """All that settle one kind of thing, answered ones too, oldest first."""
        return self._in_order(select(QuestionRow).where(QuestionRow.about == about.value))

    def get(self, question_id: str) -> Question | None:
        """One question by its id."""
        row = self._session.scalar(select(QuestionRow).where(QuestionRow.id == question_id))
        return self._question(row) if row else None

    def ask(self, question: Question) -> None:
        """Keep a new question; one about the same is left as it is, answered or not."""

        def write(session: AgencySession) -> None:
            mark = _fingerprint(question)
            if session.scalar(select(QuestionRow.id).where(QuestionRow.fingerprint == mark)) is None:
                told = self._sealed(question)
                session.add(QuestionRow(id=question.id, fingerprint=mark, facts=told, **_columns(question)))

        self._later(write)

    def save(self, question: Question) -> None:
        """Keep the answer to a question, or what it is about now; Changed where somebody else was faster."""
        seen = self.get(question.id)

        def write(session: AgencySession) -> None:
            row = session.scalars(select(QuestionRow).where(QuestionRow.id == question.id)).one()
            if seen is not None and self._question(row) != seen:
                raise Changed(question.id)
            row.fingerprint, row.facts = _fingerprint(question), self._sealed(question)
            row.answer, row.answered_by = question.answer, question.answered_by
            row.answered_on = days.kept(question.answered_on)

        self._later(write)

    def _in_order(self, of: Select[QuestionRow]) -> Sequence[Question]:
        rows = self._session.scalars(of.order_by(QuestionRow.asked_on, QuestionRow.id))
        return [self._question(row) for row in rows]

    def _sealed(self, question: Question) -> str:
        """What it tells of a document: a name may stand there."""
        return self._ring.keep_text(facts.write(question.facts), self._agency, "question", "facts", question.id)

    def _question(self, row: QuestionRow) -> Question:
        told = self._ring.read_text(row.facts, self._agency, "question", "facts", row.id)
        return Question(
            id=row.id,
            about=About(row.about),
            key=row.key,
            facts=facts.read(told),
            document=row.document,
            place=Place(**json.loads(row.place)),
            choices=tuple(json.loads(row.choices)),
            measures=tuple(json.loads(row.measures)),
            asked_on=days.read(row.asked_on),
            answer=row.answer,
            answered_by=row.answered_by,
            answered_on=days.read(row.answered_on),
        )


def _fingerprint(question: Question) -> str:
    about = [question.about, question.key, sorted(question.measures), facts.write(question.facts)]
    return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()


def _columns(question: Question) -> dict[str, object]:
    return {
        "about": question.about.value,
        "key": question.key,
        "document": question.document,
        "place": json.dumps(dataclasses.asdict(question.place), ensure_ascii=False),
        "choices": json.dumps(list(question.choices), ensure_ascii=False),
        "measures": json.dumps(list(question.measures)),
        "asked_on": days.kept(question.asked_on),
        "answer": question.answer,
        "answered_by": question.answered_by,
        "answered_on": days.kept(question.answered_on),
    }
