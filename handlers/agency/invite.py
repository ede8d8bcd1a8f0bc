"""Invite an officer: a code for one use, bound to a unit and a role.

admin    เพิ่มเจ้าหน้าที่
bot      ผู้ที่จะเชิญสังกัดหน่วยงานใดคะ   [สำนักปลัด] [กองคลัง] [ไม่สังกัดหน่วยงาน]
admin    [กองคลัง]
bot      ให้ทำหน้าที่ใดคะ   [เจ้าหน้าที่] [หัวหน้าส่วน] [ผู้บริหาร] …
admin    [เจ้าหน้าที่]
bot      รหัสลงทะเบียน K7QX-93FD สำหรับ เจ้าหน้าที่ กองคลัง ใช้ได้ครั้งเดียว ถึงวันที่ 27 พ.ย. 2569 …
bot      (a text to forward, with the code and a link that opens the chat)
"""

from dataclasses import dataclass

from handlers.agency.post_words import invited_word
from handlers.common import picking
from handlers.kit import Feature, Go, Reply, Turn, Words, ask, say, words
from itadomain.invitations import ACCOUNT, chat_link, invitation, printed
from itadomain.people import Role

feature = Feature("invite", roles=frozenset({Role.ADMIN}))


@dataclass(frozen=True)
class Draft:
    """The unit that was picked, by its id; empty for none."""

    unit: str


@feature.on()
def start(turn: Turn) -> Reply:
    return ask("invite.which_unit", then=pick_unit, choices=picking.units(turn, none_too=True))


@feature.step
def pick_unit(turn: Turn) -> Reply:
    if picking.page_turned(turn) is not None:
        return start(turn)
    unit = picking.unit_chosen(turn)
    return ask("invite.which_role", then=pick_role, choices=picking.roles(), draft=Draft(unit.id if unit else ""))


@feature.step
def pick_role(turn: Turn, draft: Draft) -> Reply:
    code, role = turn.store.new_code(), picking.role_chosen(turn)
    made = invitation(turn.store.new_id(), role, draft.unit, turn.who.id, turn.today)
    turn.store.invitations.save(made, code)
    told = say("invite.code", code=printed(code), post=invited_word(turn, made), last=made.last_day)
    return told.adding(_to_forward(turn, code)).offering(
        Go(words("invite.tap_another"), "invite.start"), Go(words("help.tap_menu"), "help.menu")
    )


def _to_forward(turn: Turn, code: str) -> Words:
    """What is sent on to the officer; with a link that opens the chat, where the account's name is known."""
    office, account = turn.store.office.name, turn.store.settings.get(ACCOUNT)
    if account:
        return words("invite.forward_link", office=office, code=printed(code), link=chat_link(account, code))
    return words("invite.forward", office=office, code=printed(code))
