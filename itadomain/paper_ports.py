"""What must be remembered of papers: which were approved, and what of them is the agency's own."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from itadomain.papers.approval import Approval


class Papers(Protocol):
    """Requests for approval, and the agency's own parts: its seal, its templates."""

    def approval(self, kind: str, of: str) -> Approval | None:
        """The newest request to approve a paper."""

    def with_news(self) -> Sequence[Approval]:
        """Those of which somebody may still have to hear, the oldest first."""

    def save(self, approval: Approval) -> None:
        """Keep a request, or what came of it."""

    def own(self) -> Mapping[str, str]:
        """The agency's own parts by name, each with the SHA-256 of what it is."""

    def part(self, name: str) -> bytes | None:
        """One of them; None where there is none."""

    def put_part(self, name: str, contents: bytes) -> None:
        """Keep one, in the place of an older one."""

    def drop_part(self, name: str) -> None:
        """Forget one, where there is one."""
