"""What surveys ask, who was asked and what was answered, in memory."""

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from itadomain.frameworks.shape import Instrument
from itadomain.surveys.questionnaire import Item
from itadomain.surveys.survey import Ballot, Cell, Draft, Mark, Sample, ServicePoint, Standing, Survey


@dataclass
class Surveys:
    """Surveys in the order in which they were opened."""

    kept: dict[str, Survey] = field(default_factory=dict)
    own: dict[tuple[int, str], Item] = field(default_factory=dict)
    served: dict[str, ServicePoint] = field(default_factory=dict)
    shown: dict[tuple[int, Instrument, date], Sample] = field(default_factory=dict)

    def all(self) -> Sequence[Survey]:
        return list(reversed(self.kept.values()))

    def get(self, survey_id: str) -> Survey | None:
        return self.kept.get(survey_id)

    def save(self, survey: Survey) -> None:
        self.kept[survey.id] = replace(survey, version=survey.version + 1)

    def items(self, year: int) -> Sequence[Item]:
        return [self.own[key] for key in sorted(self.own) if key[0] == year]

    def save_item(self, year: int, item: Item) -> None:
        self.own[year, item.code] = item

    def drop_item(self, year: int, code: str) -> None:
        self.own.pop((year, code), None)

    def points(self) -> Sequence[ServicePoint]:
        return sorted(self.served.values(), key=lambda one: one.name)

    def save_point(self, point: ServicePoint) -> None:
        self.served[point.code] = point

    def samples(self, year: int, instrument: Instrument) -> Sequence[Sample]:
        return [self.shown[key] for key in sorted(self.shown) if key[:2] == (year, instrument)]

    def save_sample(self, sample: Sample) -> None:
        self.shown[sample.fiscal_year, sample.instrument, sample.on] = sample


@dataclass
class Participation:
    """By survey and person."""

    kept: dict[tuple[str, str], Mark] = field(default_factory=dict)
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)

    def of(self, survey_id: str, person_id: str) -> Mark | None:
        return self.kept.get((survey_id, person_id))

    def save(self, survey_id: str, person_id: str, mark: Mark) -> None:
        self.kept[survey_id, person_id] = mark

    def counted(self, survey_id: str) -> Mapping[Standing, int]:
        return Counter(mark.standing for mark in self._of(survey_id))

    def stopped(self, survey_id: str, before: date) -> Mapping[int, int]:
        marks = self._of(survey_id)
        return Counter(one.reached for one in marks if one.standing is Standing.STARTED and one.on < before)

    def reminded(self, survey_id: str, today: date) -> int:
        waiting = {
            key: mark
            for key, mark in self.kept.items()
            if key[0] == survey_id and mark.standing is Standing.INVITED and mark.reminded_on is None
        }
        self.kept |= {key: replace(mark, reminded_on=today) for key, mark in waiting.items()}
        return len(waiting)

    def drop(self, survey_id: str) -> None:
        self.kept = {key: mark for key, mark in self.kept.items() if key[0] != survey_id}

    def draft(self, person_id: str, survey_id: str) -> Draft | None:
        return self.drafts.get((person_id, survey_id))

    def save_draft(self, draft: Draft) -> None:
        self.drafts[draft.person, draft.survey] = draft

    def drop_draft(self, person_id: str, survey_id: str) -> None:
        self.drafts.pop((person_id, survey_id), None)

    def drop_drafts(self, before: date) -> None:
        self.drafts = {key: draft for key, draft in self.drafts.items() if draft.since >= before}

    def _of(self, survey_id: str) -> Sequence[Mark]:
        return [mark for key, mark in self.kept.items() if key[0] == survey_id]


@dataclass
class Ballots:
    """The box by number; nothing is shuffled here."""

    box: dict[str, Ballot] = field(default_factory=dict)
    counted: dict[tuple[str, str, date], Cell] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    held: dict[str, list[str]] = field(default_factory=dict)
    numbered: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def put(self, ballot: Ballot) -> None:
        self.box[f"b{next(self.numbered)}"] = ballot

    def waiting(self) -> Mapping[str, int]:
        return Counter(one.survey for one in self.box.values())

    def shuffled(self, survey_id: str, most: int | None = None) -> Sequence[tuple[str, Ballot]]:
        return [(row, one) for row, one in self.box.items() if one.survey == survey_id][:most]

    def take_out(self, ids: Collection[str]) -> None:
        for one in ids:
            del self.box[one]

    def cells(self, survey_id: str) -> Sequence[Cell]:
        return [self.counted[key] for key in sorted(self.counted) if key[0] == survey_id]

    def people(self, survey_id: str) -> int:
        return sum(one.people for one in self.cells(survey_id))

    def save_cells(self, cells: Iterable[Cell]) -> None:
        self.counted |= {(one.survey, one.point, one.month): one for one in cells}

    def words(self, survey_id: str) -> Sequence[str]:
        return list(self.said.get(survey_id, ()))

    def held_words(self, survey_id: str) -> int:
        return len(self.held.get(survey_id, ()))

    def add_words(self, survey_id: str, said: Sequence[str], *, shown: bool) -> None:
        waiting = self.held.setdefault(survey_id, [])
        waiting.extend(said)
        if shown:
            self.said.setdefault(survey_id, []).extend(waiting)
            waiting.clear()

    def drop_held_words(self, survey_id: str) -> None:
        self.held.pop(survey_id, None)
