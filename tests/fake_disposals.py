"""Disposals in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from itadomain.disposal import Disposal, Stage


@dataclass
class Disposals:
    """Disposals by what they are about."""

    kept: dict[str, Disposal] = field(default_factory=dict)

    def of(self, about: str) -> Disposal | None:
        return self.kept.get(about)

    def at_stage(
        self, stage: Stage, kinds: Sequence[str], limit: int | None = None, offset: int = 0
    ) -> Sequence[Disposal]:
        those = [one for one in self.kept.values() if one.stage is stage and one.what in kinds]
        if stage is Stage.DONE:
            found = sorted(sorted(those, key=lambda one: one.about), key=lambda one: one.approved_at, reverse=True)
        else:
            found = sorted(those, key=lambda one: (one.over_on, one.number, one.about))
        return found[offset:][:limit]

    def save(self, disposal: Disposal) -> None:
        self._must_not_be_done(disposal.about)
        self.kept[disposal.about] = disposal

    def drop(self, about: str) -> None:
        self._must_not_be_done(about)
        self.kept.pop(about, None)

    def _must_not_be_done(self, about: str) -> None:
        if about in self.kept and self.kept[about].stage is Stage.DONE:
            raise LookupError("a line of the register stays")
