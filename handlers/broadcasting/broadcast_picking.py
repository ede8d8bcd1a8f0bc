"""For whom a broadcast is and when it goes out, as it is tapped, typed or said in one sentence."""

import re
from collections.abc import Mapping, Sequence
from datetime import time

from handlers.broadcasting.broadcast_cards import EVERYBODY
from handlers.broadcasting.broadcast_draft import Draft
from handlers.common import picking
from handlers.kit import Answer, Turn, words
from handlers.surveying import survey_words
from itadomain import villages
from itadomain.broadcasts import audiences, composing
from itadomain.broadcasts.broadcast import NOT_ANSWERED, Reach
from itadomain.organisation import Unit, unit_named
from itadomain.refusals import Refusal
from itadomain.surveys import inviting
from itadomain.thai import fold

#: What is asked where an audience is one of several.
OF: Mapping[Reach, str] = {
    Reach.VILLAGE: "broadcast.for_which_village",
    Reach.UNIT: "broadcast.for_which_unit",
    Reach.ROLE: "broadcast.for_which_role",
    Reach.COMMITTEE: "broadcast.for_which_committee",
    Reach.NOT_ANSWERED: "broadcast.for_which_survey",
    Reach.STAFF_NOT_ANSWERED: "broadcast.for_which_survey",
}
REACHES = {
    **EVERYBODY,
    Reach.VILLAGE: words("broadcast.pick_village"),
    Reach.UNIT: words("broadcast.pick_unit"),
    Reach.ROLE: words("broadcast.pick_role"),
    Reach.COMMITTEE: words("broadcast.pick_committee"),
}
#: As they are understood in a sentence.
CITIZENS, ALL_STAFF = "citizens", "all_staff"
HOURS = (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18)
CLOCK = re.compile(r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?\s*(?:น\.?|นาฬิกา)?")


def which(offered: Sequence[Reach]) -> Sequence[Answer]:
    """The audiences to choose from."""
    return [Answer(REACHES[reach], reach.value) for reach in offered]


def audience_heard(turn: Turn) -> Draft:
    """What one sentence tells of a broadcast: «แจ้งทุกกองว่าพรุ่งนี้ประชุม»."""
    said, message = str(turn.values.get("audience", "")), str(turn.values.get("message", ""))
    draft = Draft(parts=[[turn.message, composing.text(message)]] if message.strip() else [])
    offered = audiences.offered(turn.store, turn.who, turn.today)
    unit = unit_named(_units(turn), said) if said else None
    reach = {CITIZENS: Reach.FRIENDS, ALL_STAFF: Reach.STAFF}.get(said, Reach.UNIT if unit else None)
    if reach is not None and reach in offered:
        return Draft(reach.value, unit.id if unit else "", draft.parts)
    return draft if len(offered) > 1 else Draft(offered[0].value, _only(turn), draft.parts)


def of_which(turn: Turn, reach: Reach) -> Sequence[Answer]:
    """The villages, units, roles or committees to choose from; Refusal where there is none."""
    if reach is Reach.VILLAGE:
        return picking.choices(
            [Answer(words("casework.village", village=no), no) for no in villages.to_tap(turn.store.settings)], turn
        )
    if reach is Reach.UNIT:
        return picking.choices([Answer(unit.name, unit.id) for unit in _units(turn)], turn)
    if reach is Reach.ROLE:
        return picking.roles()
    if reach in NOT_ANSWERED:
        return [Answer(survey_words.SHORT[one.kind], one.id) for one in inviting.rounds(turn.store, reach)]
    committees = turn.store.committees.all()
    if not committees:
        raise Refusal("broadcast.no_committees")
    return picking.choices([Answer(one.name, one.id) for one in committees], turn)


def of_chosen(turn: Turn, reach: Reach) -> str:
    """The one that was tapped or typed; Refusal where it is none of them."""
    if reach is Reach.VILLAGE:
        return _village(turn)
    if reach is Reach.ROLE:
        return picking.role_chosen(turn).value
    if reach in NOT_ANSWERED:
        return _survey(turn, reach)
    if reach is Reach.UNIT:
        found = next((one for one in _units(turn) if one.id == turn.chosen), None) or unit_named(
            _units(turn), turn.text
        )
        if found is None:
            raise Refusal("picking.which_unit")
        return found.id
    known = turn.store.committees.all()
    one = next((one for one in known if one.id == turn.chosen or one.name == turn.text.strip()), None)
    if one is None:
        raise Refusal("broadcast.which_committee")
    return one.id


def hours() -> Sequence[Answer]:
    """Times of day to choose from; any other is typed."""
    return [Answer(words("broadcast.pick_hour", no=f"{hour:02}"), f"{hour:02}.00") for hour in HOURS]


def hour_chosen(turn: Turn) -> time:
    """The time of day that was tapped or typed: «9.30», «09:30 น.», «9 น.»."""
    found = CLOCK.fullmatch(fold(turn.chosen or turn.text).strip())
    if found is None:
        raise Refusal("broadcast.which_hour_again")
    return time(int(found[1]), int(found[2] or 0))


def _only(turn: Turn) -> str:
    """The unit of a head who has one."""
    units = audiences.units_of(turn.store, turn.who, turn.today)
    return units[0] if len(units) == 1 else ""


def _units(turn: Turn) -> Sequence[Unit]:
    own = audiences.units_of(turn.store, turn.who, turn.today)
    return [unit for unit in turn.store.units.all() if unit.id in own]


def _survey(turn: Turn, reach: Reach) -> str:
    found = next((one for one in inviting.rounds(turn.store, reach) if one.id == turn.chosen), None)
    if found is None:
        raise Refusal("broadcast.which_survey")
    return found.id


def _village(turn: Turn) -> str:
    number = villages.number_said(turn.chosen or turn.text)
    if not number or not villages.exists(turn.store.settings, number):
        raise Refusal("broadcast.which_village")
    return number
