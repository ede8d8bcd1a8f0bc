"""Tell those who receive disclosures that who receives them has changed, with no word of it on a lock screen."""

from handlers.disclosures.integrity_cards import names
from handlers.kit import Card, Go, Reply, Row, Turn, show, words
from itadomain.integrity.appointing import written_down
from itadomain.people import Person, Role


def told_to_receivers(turn: Turn, reply: Reply, before: Person, after: Person) -> Reply:
    """The same reply; the other receivers are told where a post like theirs was given, moved or taken."""
    others = written_down(turn.store, before, after, turn.who.id, turn.at)
    if not others:
        return reply
    known = turn.store.people.with_role(Role.INTEGRITY, turn.today)
    now = [*(one for one in known if one.id != after.id), *([after] if Role.INTEGRITY in after.roles else ())]
    changed = words("integrity.changed")
    tap = Go(words("integrity.tap_setup"), "receivers.all")
    card = Card(summary=changed, title=changed, rows=[Row(words("integrity.receivers"), names(now))], taps=(tap,))
    return reply.telling(*others, reply=show(card))
