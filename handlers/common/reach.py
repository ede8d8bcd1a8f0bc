"""How the office is reached, said under what it is said about."""

from handlers.kit import Go, Link, Reply, Tap, Turn, words


def reach(turn: Turn, reply: Reply, *first: Tap) -> Reply:
    """Say how the office is reached, with a tap that dials where a number is known."""
    office = turn.store.office
    key = "office.reach_by_phone" if office.phone else "office.reach_in_person"
    hours = office.hours or words("office.usual_hours")
    call = [Link(words("office.tap_call"), f"tel:{office.dial}")] if office.dial else []
    taps = (*first, *call, Go(words("help.tap_menu"), "help.menu"))
    return reply.adding(words(key, phone=office.phone, hours=hours)).offering(*taps)
