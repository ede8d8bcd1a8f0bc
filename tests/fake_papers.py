"""Papers in memory: which were approved, and what of them is the agency's own."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from itadomain.papers.approval import Approval


@dataclass
class Papers:
    """Requests by kind and what they are of; parts by their names."""

    kept: dict[tuple[str, str], Approval] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)

    def approval(self, kind: str, of: str) -> Approval | None:
        return self.kept.get((kind, of))

    def with_news(self) -> Sequence[Approval]:
        news = [one for one in self.kept.values() if one.news]
        return sorted(news, key=lambda one: (one.asked_at.isoformat(), one.kind, one.of))

    def save(self, approval: Approval) -> None:
        self.kept[approval.kind, approval.of] = approval

    def own(self) -> Mapping[str, str]:
        return {name: hashlib.sha256(self.parts[name]).hexdigest() for name in sorted(self.parts)}

    def part(self, name: str) -> bytes | None:
        return self.parts.get(name)

    def put_part(self, name: str, contents: bytes) -> None:
        self.parts[name] = contents

    def drop_part(self, name: str) -> None:
        self.parts.pop(name, None)
