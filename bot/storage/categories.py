"""What an agency changed of the usual categories of cases, and added to them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.cases.categories import Category
from itadomain.cases.deadlines import Promise


class CategoryRow(Owned, Base):
    """One category; `place` is the order in which they were added."""

    __tablename__ = "case_category"

    code: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    name: Mapped[str]
    unit: Mapped[str]
    accept: Mapped[int]
    answer: Mapped[int]
    photo: Mapped[bool]
    closed: Mapped[bool]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SqlCategories:
    """One agency's categories."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]
        self._read: Sequence[CategoryRow] | None = None  # a turn asks for them often, and sees one snapshot

    def all(self) -> Sequence[Category]:
        """All of them, those added in the order in which they were."""
        return [_category(row) for row in self._rows()]

    def save(self, category: Category) -> None:
        """Keep a new one, or what has changed."""
        seen = self._session.get(CategoryRow, (self._agency, category.code))
        version, place = (seen.version, seen.place) if seen else (None, len(self._rows()) + 1)

        def write(session: AgencySession) -> None:
            row = session.get(CategoryRow, (self._agency, category.code))
            if (row.version if row else None) != version:
                raise Changed(category.code)
            row = row or CategoryRow(code=category.code, place=place)
            row.name, row.unit, row.photo, row.closed = category.name, category.unit, category.photo, category.closed
            row.accept, row.answer = category.promise.accept, category.promise.answer
            session.add(row)

        self._later(write)

    def _rows(self) -> Sequence[CategoryRow]:
        if self._read is None:
            by_place = select(CategoryRow).order_by(CategoryRow.place, CategoryRow.code)
            self._read = self._session.scalars(by_place).all()
        return self._read


def _category(row: CategoryRow) -> Category:
    promise = Promise(row.accept, row.answer)
    return Category(row.code, row.name, row.unit, promise, row.photo, row.closed)
