"""What rides on an answer: said in the same message as what was asked for, so it costs nothing."""

from bot.storage.places import DISCLOSING
from handlers.kit import Entry, Features, Reply, Turn
from itadomain.people import INSIDERS

#: Where people tell of what troubles them, nothing rides on the answer.
UNDISTURBED = (*DISCLOSING, "complaint.", "following.", "privacy.")


def ridden(features: Features, reply: Reply, turn: Turn, answered_by: Entry) -> Reply:
    """The same reply with what rides on it, where one of the agency's people is told what they wanted to know.

    For an answer after which nothing is asked: whoever calls sees to that. Where the step was not theirs to start,
    they hear that alone.
    """
    theirs = turn.who.may(INSIDERS) and turn.who.may(answered_by.roles)
    if not (theirs and reply.bubbles) or answered_by.name.startswith(UNDISTURBED):
        return reply
    for roles, rider in features.riders:
        reply = rider(turn, reply) if turn.who.may(roles) else reply
    return reply
