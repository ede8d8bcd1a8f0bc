"""An invitation to a survey as it is prepared: words that lead nobody, and a button that opens the first question."""

from collections.abc import Mapping

from handlers.broadcasting.broadcast_draft import Draft
from handlers.kit import Turn, Words, words
from handlers.surveying import survey_words
from itadomain.broadcasts.broadcast import NOT_ANSWERED, Reach
from itadomain.frameworks.shape import Instrument
from itadomain.refusals import Refusal
from itadomain.surveys import inviting, opening
from itadomain.surveys.survey import Kind, Survey

#: It is told in the language of the country, whoever prepares it.
SPOKEN = "th"
OFFICIAL: Mapping[Instrument, Words] = {
    Instrument.EIT: words("survey_inviting.text_official_eit"),
    Instrument.IIT: words("survey_inviting.text_official_iit"),
}
#: Whom an invitation of each kind may go to.
CITIZENS = (Reach.FRIENDS, Reach.VILLAGE)
REACHES: Mapping[Kind, tuple[Reach, ...]] = {
    Kind.OUTSIDERS: (*CITIZENS, Reach.NOT_ANSWERED),
    Kind.INSIDERS: (Reach.STAFF, Reach.STAFF_NOT_ANSWERED),
    Kind.VISIT: CITIZENS,
}
TO_OFFICIAL: Mapping[Instrument, tuple[Reach, ...]] = {Instrument.EIT: CITIZENS, Instrument.IIT: (Reach.STAFF,)}


def prepared(turn: Turn) -> Draft:
    """The draft of a broadcast that a tap names: to a survey of ours, or to the official questionnaire."""
    if turn.values.get("official"):
        return _official(turn, survey_words.instrument_named(str(turn.values["official"])))
    found = turn.store.surveys.get(str(turn.values.get("id", "")))
    if found is None:
        raise Refusal("surveys.unknown")
    opening.answerable(turn.store, found.kind, turn.today)
    reach = _reach(turn, REACHES[found.kind])
    link = inviting.link(turn.store)
    of = found.id if reach in NOT_ANSWERED else ""
    label = turn.tell(words("survey_inviting.button"), SPOKEN) if link else ""
    return Draft(
        reach.value, of, [["", _text(turn, found, reach)]], button=label, link=link, about=inviting.about(found)
    )


def text(turn: Turn, kind: Kind) -> Words:
    """What an invitation says; the button stands where the account's name is known."""
    how = words("survey_inviting.how_button" if inviting.link(turn.store) else "survey_inviting.how_typed")
    match kind:
        case Kind.OUTSIDERS:
            return words("survey_inviting.text_outsiders", how=how)
        case Kind.INSIDERS:
            return words("survey_inviting.text_insiders", how=how)
        case Kind.VISIT:
            return words("survey_inviting.text_visit", how=how)


def _text(turn: Turn, found: Survey, reach: Reach) -> str:
    said = turn.tell(text(turn, found.kind), SPOKEN)
    if reach not in NOT_ANSWERED:
        return said
    return turn.tell(words("survey_inviting.once_more", text=said), SPOKEN)


def _official(turn: Turn, instrument: Instrument) -> Draft:
    """The official questionnaire where it can be answered and its address is known."""
    near = opening.official(turn.store, instrument, turn.today)
    if near is None or not near.running or not near.link:
        raise Refusal("survey_inviting.no_official", instrument=instrument)
    reach = _reach(turn, TO_OFFICIAL[instrument])
    label = turn.tell(words("survey_inviting.button_official"), SPOKEN)
    about = f"official:{instrument.value}:{near.window.fiscal_year}"
    return Draft(
        reach.value, "", [["", turn.tell(OFFICIAL[instrument], SPOKEN)]], button=label, link=near.link, about=about
    )


def _reach(turn: Turn, allowed: tuple[Reach, ...]) -> Reach:
    found = next((one for one in allowed if one.value == turn.values.get("to")), None)
    if found is None:
        raise Refusal("survey_inviting.which")
    return found
