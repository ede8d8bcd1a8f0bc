"""Bodies outside the agency that take disclosures: shown, so that a reporter can choose; nothing is ever sent there.

Who they are is for the agency to say; these are there from the first day (docs/sources.md).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from itadomain.office import dialled
from itadomain.ports import Settings
from itadomain.refusals import Refusal

SETTING = "integrity.outside"
LONGEST_NAME, LONGEST_PHONE, MOST = 120, 40, 8


@dataclass(frozen=True)
class Outside:
    """A body outside: its name, and what is dialled."""

    name: str
    phone: str = ""

    def __post_init__(self) -> None:
        """Refusal where it has no name, or more than can be shown."""
        if not (0 < len(self.name.strip()) <= LONGEST_NAME and len(self.phone) <= LONGEST_PHONE):
            raise Refusal("integrity.no_body", most=LONGEST_NAME)

    @property
    def dial(self) -> str:
        """What a telephone dials."""
        return dialled(self.phone)


USUAL = (
    Outside("สำนักงาน ป.ป.ช.", "1205"),
    Outside("สำนักงาน ป.ป.ท.", "1206"),
    Outside("ศูนย์ดำรงธรรม", "1567"),
    Outside("สำนักงานการตรวจเงินแผ่นดิน (สตง.)", "0-2271-8000"),
)


def bodies(settings: Settings) -> Sequence[Outside]:
    """Those that the agency shows."""
    kept = settings.get(SETTING)
    return tuple(Outside(**one) for one in json.loads(kept)) if kept else USUAL


def keep(settings: Settings, shown: Sequence[Outside]) -> None:
    """Show these from now on; Refusal where it is none or too many: a reporter must never stand before nothing."""
    if not 0 < len(shown) <= MOST:
        raise Refusal("integrity.some_bodies", most=MOST)
    settings.put(SETTING, json.dumps([asdict(one) for one in shown], ensure_ascii=False))
