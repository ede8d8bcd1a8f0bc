"""Everything that is sealed, sealed anew: what `keys rotate` does."""

import functools
from collections.abc import Sequence

from bot.commands.kit import REFUSED, ready, say_no
from bot.settings import Settings
from bot.storage import rotation
from bot.storage.rotation import Rotated, Sealed
from bot.wiring import Core


def rotate(settings: Settings) -> int:
    """Seal all under the first key, and say how much that was; gives the exit status."""
    core, counted = ready(settings), Rotated()
    with core.database.reading(across=True) as connection:
        agencies = rotation.agencies(connection)
    for what in rotation.EVERYTHING:
        for agency_id in [None] if what.across else agencies:
            _seal(core, what, agency_id, counted)
    print(f"{counted.sealed} sealed anew under the first key of ITABOT_KEYS")
    if counted.broken:
        return say_no(REFUSED, f"{counted.broken} do not open with any of these keys; keep the old keys")
    print("the other keys can be taken away when the service has been started anew")
    return 0


def _seal(core: Core, what: Sealed, agency_id: int | None, counted: Rotated) -> None:
    after: Sequence[object] | None = what.first
    while after is not None:
        work = functools.partial(rotation.batch, ring=core.ring, what=what, agency_id=agency_id, after=after)
        more, after = core.database.write(work, of=agency_id, across=what.across)
        counted.add(more)
