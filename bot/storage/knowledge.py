"""What the agency answers to what citizens ask: public words, so nothing of it is sealed."""

import json
from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.knowledge import Topic

#: What stands in columns as it is.
PLAIN = tuple(one.name for one in fields(Topic) if one.name not in {"id", "aliases", "changed_on"})


class TopicRow(Owned, Base):
    """One topic; `aliases` as a JSON list."""

    __tablename__ = "topic"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]
    aliases: Mapped[str]
    steps: Mapped[str]
    takes: Mapped[str]
    fee: Mapped[str]
    papers: Mapped[str]
    phone: Mapped[str]
    changed_on: Mapped[str]
    changed_by: Mapped[str]
    closed: Mapped[bool]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SqlKnowledge:
    """One agency's topics."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def all(self) -> Sequence[Topic]:
        """Those that are told, by title."""
        of = select(TopicRow).where(TopicRow.closed.is_(False)).order_by(TopicRow.title, TopicRow.id)
        return [_topic(row) for row in self._session.scalars(of)]

    def get(self, topic_id: str) -> Topic | None:
        """One by its id, closed ones too."""
        row = self._session.get(TopicRow, (self._agency, topic_id))
        return _topic(row) if row else None

    def save(self, topic: Topic) -> None:
        """Keep a new one, or what has changed."""
        seen = self._session.get(TopicRow, (self._agency, topic.id))
        version = seen.version if seen else None

        def write(session: AgencySession) -> None:
            row = session.get(TopicRow, (self._agency, topic.id))
            if (row.version if row else None) != version:
                raise Changed(topic.id)
            row = row or TopicRow(id=topic.id)
            for name in PLAIN:
                setattr(row, name, getattr(topic, name))
            row.aliases, row.changed_on = json.dumps(topic.aliases, ensure_ascii=False), days.kept(topic.changed_on)
            session.add(row)

        self._later(write)


def _topic(row: TopicRow) -> Topic:
    plain = {name: getattr(row, name) for name in PLAIN}
    aliases, changed_on = tuple(json.loads(row.aliases)), days.read(row.changed_on)
    return Topic(id=row.id, aliases=aliases, changed_on=changed_on, **plain)
