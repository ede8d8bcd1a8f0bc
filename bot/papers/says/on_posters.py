"""What stands on the poster of a service point."""

from bot.papers.asking import Says
from bot.papers.ink.poster import Poster
from handlers.kit import words
from itadomain.invitations import ACCOUNT
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys import points


def poster_of(store: Store, code: str, says: Says) -> Poster:
    """The poster of a service point; Refusal where it serves nobody, or the name of the account is not known."""
    point, account = points.get(store, code), store.settings.get(ACCOUNT)
    if point is None or point.closed_on:
        raise Refusal("papers.no_point")
    if not account:
        raise Refusal("papers.no_account")
    unit = next((one.name for one in store.units.all() if one.id == point.unit), "")
    return Poster(
        agency=says(store.office.name),
        point=point.name,
        unit="" if unit in point.name else unit,
        title=says(words("papers.title")),
        short=says(words("papers.short")),
        typed=says(words("papers.typed", account=account)),
        says=points.typed(code),
        kept=says(words("papers.kept")),
        own=says(words("papers.own")),
        link=points.link(account, code),
    )
