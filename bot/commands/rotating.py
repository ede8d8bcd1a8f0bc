"""Everything that is sealed, sealed anew: what `keys rotate` does."""

import functools
from collections.abc import Sequence

from bot.commands.kit import REFUSED, ready, say_no
from bot.settings import Settings
from bot.storage import rewrapping, rotation
from bot.storage.rotation import Rotated, Sealed
from bot.wiring import Core

BROKEN = "{} do not open with any of these keys; keep the old keys"
NOT_WRAPPED = "{} keys of disclosures do not open with any of ITABOT_SEALED_KEYS; keep the old ones"


def rotate(settings: Settings) -> int:
    """Seal all under the first keys, and say how much that was; gives the exit status."""
    core, sealed, wrapped = ready(settings), Rotated(), Rotated()
    with core.database.reading(across=True) as connection:
        agencies = rotation.agencies(connection)
    for what in rotation.EVERYTHING:
        for agency_id in [None] if what.across else agencies:
            _seal(core, what, agency_id, sealed)
    print(f"{sealed.sealed} sealed anew under the first key of ITABOT_KEYS")
    if core.ring.officers:
        for agency_id in agencies:
            _wrap(core, agency_id, wrapped)
        print(f"{wrapped.sealed} wrapped anew under the first key of ITABOT_SEALED_KEYS")
    counted = {BROKEN: sealed.broken, NOT_WRAPPED: wrapped.broken}
    if any(counted.values()):
        return say_no(REFUSED, *(says.format(count) for says, count in counted.items() if count))
    print("the other keys can be taken away when the service has been started anew")
    return 0


def _seal(core: Core, what: Sealed, agency_id: int | None, counted: Rotated) -> None:
    after: Sequence[object] | None = what.first
    while after is not None:
        work = functools.partial(rotation.batch, ring=core.ring, what=what, agency_id=agency_id, after=after)
        more, after = core.database.write(work, of=agency_id, across=what.across)
        counted.add(more)


def _wrap(core: Core, agency_id: int, counted: Rotated) -> None:
    after: Sequence[str] | None = rewrapping.FIRST
    while after is not None:
        work = functools.partial(rewrapping.batch, ring=core.ring, agency_id=agency_id, after=after)
        more, after = core.database.write(work, of=agency_id)
        counted.add(more)
