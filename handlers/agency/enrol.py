"""Become one of the agency's people with a code.

officer  K7QX-93FD
bot      รหัสนี้สำหรับ เจ้าหน้าที่ กองคลัง … ขอทราบชื่อ-สกุลของท่านค่ะ
officer  สมหญิง ใจดี
bot      สมหญิง ใจดี เจ้าหน้าที่ กองคลัง ถูกต้องหรือไม่คะ   [ถูกต้อง] [แก้ชื่อ]
officer  [ถูกต้อง]
bot      ลงทะเบียนเรียบร้อยแล้วค่ะ …
admin    (is told) มีผู้ลงทะเบียนด้วยรหัสของท่านแล้ว 1 คน   [ดูรายชื่อ]
"""

from dataclasses import dataclass, replace

from handlers.agency.post_words import invited_word
from handlers.common.help import menu_taps
from handlers.disclosures.disclosure_following import typed
from handlers.disclosures.integrity_posts import told_to_receivers
from handlers.kit import Answer, Feature, Go, Reply, Task, Turn, ask, say, words
from itadomain.acknowledgements import open_for
from itadomain.invitations import EXAMPLE, code_in, have_patience, joined, name_said, opened, used
from itadomain.organisation import Invitation
from itadomain.people import Person, Role
from itadomain.refusals import Refusal

feature = Feature("enrol")

YES, ANOTHER_NAME = "yes", "name"


@dataclass(frozen=True)
class Draft:
    """The invitation that the code belongs to, and the name that was given."""

    invitation: str
    name: str = ""


@feature.on("intent:register_staff")
def start(turn: Turn) -> Reply:
    try:
        code_in(turn.text)
    except Refusal:
        return typed(turn) or ask("enrol.which_code", then=hear_code, example=EXAMPLE)
    return hear_code(turn)


@feature.step
def hear_code(turn: Turn) -> Reply:
    """A receipt code is longer, and begins like a code to join with."""
    if receipt := typed(turn):
        return receipt
    code = code_in(turn.text)
    have_patience(turn.store.invitations.wrong_codes(turn.who.id), turn.at)
    try:
        found = _vouched(turn, opened(turn.store.invitations.by_code(code), turn.today))
    except Refusal as refusal:
        turn.store.invitations.count_wrong(turn.who.id, turn.at)
        return ask(refusal.key, then=hear_code, **refusal.facts)
    if turn.who.name:
        return _confirm(turn, found, turn.who.name)
    return ask("enrol.your_name", then=hear_name, draft=Draft(found.id), post=invited_word(turn, found))


@feature.step
def hear_name(turn: Turn, draft: Draft) -> Reply:
    return _confirm(turn, _invitation(turn, draft), name_said(turn.text))


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    found = _invitation(turn, draft)
    if turn.chosen == ANOTHER_NAME:
        return ask("enrol.your_name", then=hear_name, draft=Draft(found.id), post=invited_word(turn, found))
    if turn.chosen != YES:
        raise Refusal("enrol.yes_or_name")
    person = joined(turn.who, draft.name, found, turn.today)
    turn.store.people.save(person)
    turn.store.invitations.save(used(found, person, turn.today))
    return told_to_receivers(turn, _welcome(turn, person, found), turn.who, person)


def _invitation(turn: Turn, draft: Draft) -> Invitation:
    """The invitation of the draft, where nobody has used it meanwhile."""
    return _vouched(turn, opened(turn.store.invitations.get(draft.invitation), turn.today))


def _vouched(turn: Turn, found: Invitation) -> Invitation:
    """The invitation, where whoever made it still administers: nobody comes back with a code of their own."""
    if found.made_by and _maker(turn, found) is None:
        raise Refusal("enrol.code_void")
    return found


def _maker(turn: Turn, found: Invitation) -> Person | None:
    """Who made the invitation, where they administer today."""
    maker = turn.store.people.get(found.made_by, turn.today) if found.made_by else None
    return maker if maker and Role.ADMIN in maker.roles else None


def _confirm(turn: Turn, found: Invitation, name: str) -> Reply:
    choices = [Answer(words("enrol.tap_yes"), YES), Answer(words("enrol.tap_name"), ANOTHER_NAME)]
    draft, post = Draft(found.id, name), invited_word(turn, found)
    return ask("enrol.is_it_right", then=confirm, choices=choices, draft=draft, name=name, post=post)


def _welcome(turn: Turn, person: Person, found: Invitation) -> Reply:
    """Who has joined sees the menu of insiders and what waits for them; who invited them is told, without a name."""
    told = say("enrol.welcome", post=invited_word(turn, found)).doing(Task("own_menu.show"))
    waiting = open_for(person, turn.store.circulars.all(), (), turn.today)
    if waiting:
        told = told.adding(words("enrol.to_acknowledge", count=len(waiting)))
        told = told.offering(Go(words("enrol.tap_acknowledge"), "acknowledge.mine"))
    told = told.offering(*menu_taps(replace(turn, who=person)))
    maker = _maker(turn, found)
    if maker is None:
        return told
    return told.telling(maker, reply=say("enrol.joined").offering(Go(words("enrol.tap_people"), "people.all")))
