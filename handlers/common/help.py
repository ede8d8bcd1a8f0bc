"""The menu, by role and in the person's own words; and what to say where nothing was understood.

villager เมนู
bot      ท่านต้องการเรื่องใดคะ  [แจ้งปัญหา] [ติดตามเรื่อง] [ถาม/บริการ] [แจ้งเบาะแสทุจริต] [ประเมินบริการ] [โทรหาเรา]
"""

from collections.abc import Sequence

from handlers.kit import Feature, Go, Reply, Tap, Turn, say, words
from itadomain.people import INSIDERS, Role

feature = Feature("help")

ADMINS = frozenset({Role.ADMIN})

CITIZEN = ("complaint.start", "following.mine", "knowledge.browse", "disclosure.start", "survey.start", "office.call",
           "office.about", "account.language")  # fmt: skip
INSIDER = ("score.now", "score.lowest", "score.which", "score.compare", "measures.mine", "progress.start",
           "late.overview", "casework.all", "office.call", "account.me", "administration.desk",
           "account.language")  # fmt: skip
#: What stands first in the menu of those who receive disclosures.
RECEIVER = ("integrity.all",)


def menu_taps(turn: Turn) -> Sequence[Tap]:
    """What this person can start, in the order it is most often wanted."""
    receives = RECEIVER if Role.INTEGRITY in turn.who.roles else ()
    names = (*receives, *INSIDER) if turn.who.may(INSIDERS) else CITIZEN
    return [Go(words(f"menu.{name.replace('.', '_')}"), name) for name in names]


def with_notes(turn: Turn, reply: Reply) -> Reply:
    """The reply, and under it what an administrator must know: once no notice can be sent, an answer still can."""
    allowance = turn.store.allowance(turn.today) if turn.who.may(ADMINS) else None
    if allowance is None or not allowance.used_up:
        return reply
    return reply.adding(words("allowance.used_up", most=allowance.most))


@feature.on("intent:help")
def menu(turn: Turn) -> Reply:
    return with_notes(turn, say("help.menu")).offering(*menu_taps(turn))


@feature.on("heard:sticker", aside=True)
def not_understood(turn: Turn) -> Reply:
    return with_notes(turn, say("help.not_understood")).offering(*menu_taps(turn))


@feature.on("event:stale_tap")
def stale_tap(turn: Turn) -> Reply:
    return say("help.stale_tap").offering(*menu_taps(turn))


@feature.on("event:not_allowed")
def not_allowed(turn: Turn) -> Reply:
    return say("help.not_allowed").offering(*menu_taps(turn))


@feature.on("event:too_public", in_groups=True)
def too_public(turn: Turn) -> Reply:
    return say("help.come_private")


@feature.on("intent:cancel")
def cancel(turn: Turn) -> Reply:
    return say("help.cancelled").offering(*menu_taps(turn))


@feature.on("event:mishap")
def mishap(turn: Turn) -> Reply:
    return say("help.mishap").offering(*menu_taps(turn))


@feature.on("event:too_much")
def too_much(turn: Turn) -> Reply:
    return say("help.too_much")
