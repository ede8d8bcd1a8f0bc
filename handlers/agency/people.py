"""See who works for the agency, and leave it oneself.

admin    เจ้าหน้าที่ทั้งหมด
bot      [card: เจ้าหน้าที่ 6 คน · name · posts]   [สมหญิง ใจดี] [สมชาย ตั้งใจ] … [เพิ่มเจ้าหน้าที่]
admin    [สมหญิง ใจดี]
bot      [card: สมหญิง ใจดี · posts, ended ones too]   [ออกจากหน้าที่] [ย้าย] [รักษาราชการแทน]
officer  ขอออกจากหน้าที่
bot      ท่านต้องการออกจากทุกหน้าที่หรือไม่คะ …   [ยืนยัน]
officer  [ยืนยัน]
bot      บันทึกแล้วค่ะ …
admin    (is told) มีเจ้าหน้าที่ออกจากหน้าที่ 1 คน   [ดูรายชื่อ]
"""

from dataclasses import replace

from handlers.agency.post_words import post_word
from handlers.common import picking
from handlers.common.help import menu_taps
from handlers.disclosures.integrity_posts import told_to_receivers
from handlers.kit import Card, Feature, Go, Reply, Row, Task, Turn, ask, say, show, words
from itadomain.people import INSIDERS, Person, Role
from itadomain.posts import A_DAY, keep_an_administrator, relieved, standing

feature = Feature("people", roles=INSIDERS)

ADMIN = frozenset({Role.ADMIN})


@feature.on(roles=ADMIN)
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: everyone
    people = picking.insiders(turn)
    taps = [Go(label, "people.one", {"id": person.id}) for label, person in picking.labelled(turn, people)]
    page = picking.pages(taps, turn, "people.all")
    shown = {tap.values["id"] for tap in page if isinstance(tap, Go) and tap.to == "people.one"}
    card = Card(
        summary=words("people.count", count=len(people)),
        title=words("people.count", count=len(people)),
        subtitle=turn.store.office.short,
        rows=[Row(one.name, _posts(turn, one)) for one in people if one.id in shown],
    )
    return show(card).offering(*page)


@feature.on(roles=ADMIN)
def one(turn: Turn) -> Reply:
    person = picking.person_meant(turn)
    posts = [Row(post_word(turn, post), _state(turn, person, place)) for place, post in enumerate(person.posts)]
    card = Card(summary=words("people.one", name=person.name), title=person.name, rows=posts)
    named = {"id": person.id}
    return show(card).offering(
        Go(words("people.tap_end"), "posting.end", named),
        Go(words("people.tap_move"), "posting.move", named),
        Go(words("people.tap_act"), "posting.act", named),
        Go(words("people.tap_all"), "people.all"),
    )


@feature.on()
def leave(turn: Turn) -> Reply:
    posts = [post_word(turn, post) for post in standing(turn.who, turn.today)]
    return ask("people.leave", then=confirm_leaving, choices=picking.yes(), posts=posts)


@feature.step
def confirm_leaving(turn: Turn) -> Reply:
    picking.only_yes(turn)
    admins = turn.store.people.with_role(Role.ADMIN, turn.today)
    gone = relieved(turn.who, standing(turn.who, turn.today), turn.today - A_DAY, turn.today)
    keep_an_administrator(admins, turn.who, gone, turn.today)
    turn.store.people.save(gone)
    told = say("people.you_left").doing(Task("own_menu.hide")).offering(*menu_taps(replace(turn, who=gone)))
    told = told_to_receivers(turn, told, turn.who, gone)
    others = [admin for admin in admins if admin.id != turn.who.id]
    return told.telling(*others, reply=say("people.somebody_left").offering(Go(words("people.tap_all"), "people.all")))


def _posts(turn: Turn, person: Person) -> list[object]:
    return [post_word(turn, post) for post in person.posts if post.held_on(turn.today)]


def _state(turn: Turn, person: Person, place: int) -> object:
    post = person.posts[place]
    if post.held_on(turn.today):
        return words("people.held")
    return words("people.to_come") if post in standing(person, turn.today) else words("people.ended")
