"""What is done for each task. Only a worker loads what does it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.tasks import Act
    from bot.wiring import Core

MB = 1024 * 1024


def acts(core: "Core", posted: Callable[[], None] = lambda: None) -> Mapping[str, "Act"]:
    """What is done for each task that a feature asks for by name; `posted` is called when something can be sent."""
    from bot.broadcasting import Broadcasting  # noqa: PLC0415
    from bot.codes.fetching import ReadCodes  # noqa: PLC0415
    from bot.evidence.fetching import Fetch, Remove  # noqa: PLC0415
    from bot.line.content import Contents  # noqa: PLC0415
    from bot.line.own_menu import OwnMenus  # noqa: PLC0415
    from bot.papers.handing.own_parts import TakePart  # noqa: PLC0415
    from bot.papers.handing.serving import orders_of  # noqa: PLC0415
    from bot.papers.handing.task import MakePaper  # noqa: PLC0415
    from bot.publishing.task import CheckAddress  # noqa: PLC0415
    from bot.tell.removing import RemoveDisclosed  # noqa: PLC0415

    own = OwnMenus(core.channels, core.lines, core.texts, (core.settings.line_api, core.settings.line_data_api))
    contents = Contents(core.settings.line_data_api, core.lines)
    broadcasting = Broadcasting(core.ledger, core.now, posted)
    return {
        "fetch_evidence": Fetch(core.ledger, contents, core.shelf, core.settings.evidence.most_mb * MB),
        "remove_evidence": Remove(core.ledger, core.shelf),
        "read_codes": ReadCodes(core.channels, contents, core.shelf),
        "take_paper_part": TakePart(core.ledger, contents, core.shelf, core.texts.tell, core.now),
        "make_paper": MakePaper(orders_of(core), core.shelf),
        "remove_disclosed": RemoveDisclosed(core.shelf),
        "send_broadcast": broadcasting.send,
        "broadcast_over": broadcasting.over,
        "check_address": CheckAddress(core.today, core.settings.timezone),
        "own_menu.show": own.show,
        "own_menu.hide": own.hide,
    }
