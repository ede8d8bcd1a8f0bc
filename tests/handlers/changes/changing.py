"""A part of a measure is changed, and what is kept of that."""

from itadomain.history import Deed


def history(agency, measure, deed=Deed.CHANGED):
    return [(dict(one.before), dict(one.after)) for one in agency.history.of_measure(measure, 9) if one.deed is deed]


def everything(agency):
    """All that is kept of plans, to see that nothing changed."""
    return [
        list(agency.measures.kept),
        dict(agency.obligations.kept),
        list(agency.history.kept),
        dict(agency.scores.kept),
    ]


def change(talk, measure, part, said):
    """Open a part of a measure and say what is to stand there."""
    talk.taps("changes.part", id=measure, part=part)
    return talk.says(said)
