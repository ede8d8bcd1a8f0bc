"""Change somebody's posts: end one, move one to another unit, or let them stand in for a while.

admin    [ออกจากหน้าที่]
bot      สิ้นสุดหน้าที่ใดคะ   [เจ้าหน้าที่ กองคลัง] [หัวหน้าส่วน กองคลัง] [ทุกหน้าที่]
admin    [ทุกหน้าที่]
bot      วันสุดท้ายคือวันใดคะ   [มีผลทันที] [เลือกวัน]
admin    30 พ.ย. 69
bot      สมหญิง ใจดี จะพ้นจาก … หลังวันที่ 30 พ.ย. 2569 ถูกต้องหรือไม่คะ   [ยืนยัน]
admin    [ยืนยัน]
bot      บันทึกแล้วค่ะ

admin    [รักษาราชการแทน]
bot      สมหญิง ใจดี จะรักษาราชการแทนในหน่วยงานใดคะ   [สำนักปลัด] …
admin    [สำนักปลัด]
bot      ในหน้าที่ใดคะ   [หัวหน้าส่วน] …
admin    [หัวหน้าส่วน]
bot      ตั้งแต่วันใดคะ   [วันนี้] [เลือกวัน]
admin    [วันนี้]
bot      ถึงวันใดคะ   [เลือกวัน]
admin    15 ธ.ค. 69
bot      … ถูกต้องหรือไม่คะ   [ยืนยัน]
"""

from dataclasses import dataclass, replace
from datetime import date

from handlers.agency.own_menu import menu_of
from handlers.agency.post_words import post_word, role_word, unit_word
from handlers.common import picking
from handlers.disclosures.integrity_posts import told_to_receivers
from handlers.kit import Answer, Feature, Go, Reply, Turn, ask, say, words
from itadomain.people import Person, Post, Role
from itadomain.posts import A_DAY, appointed, keep_an_administrator, relieved, standing
from itadomain.refusals import Refusal

feature = Feature("posting", roles=frozenset({Role.ADMIN}))

ALL, NOW = "all", "now"


@dataclass(frozen=True)
class Ending:
    """Whose posts end, which (all where it is empty), and the last day."""

    person: str
    posts: str = ""
    last: str = ""


@dataclass(frozen=True)
class Moving:
    """Who moves, from which post to which unit."""

    person: str
    post: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Acting:
    """Who stands in, where, as what, from which day and until when."""

    person: str
    unit: str = ""
    role: str = ""
    since: str = ""
    until: str = ""


@feature.on()
def end(turn: Turn) -> Reply:
    person = picking.person_meant(turn)
    posts = _choices(turn, person)
    if not posts:
        raise Refusal("posting.no_posts", name=person.name)
    everything = [Answer(words("posting.tap_all"), ALL)]
    return ask("posting.end_which", then=pick_ending, choices=[*posts, *everything], draft=Ending(person.id))


@feature.step
def pick_ending(turn: Turn, draft: Ending) -> Reply:
    person = _person(turn, draft.person)
    posts = "" if turn.chosen == ALL else str(_place(turn, person))
    choices = picking.days(turn, Answer(words("posting.tap_now"), NOW))
    return ask("posting.last_day", then=hear_last_day, choices=choices, draft=replace(draft, posts=posts))


@feature.step
def hear_last_day(turn: Turn, draft: Ending) -> Reply:
    last = turn.today - A_DAY if turn.chosen == NOW else picking.day_chosen(turn)
    name, draft = _person(turn, draft.person).name, replace(draft, last=last.isoformat())
    told = [post_word(turn, post) for post in _ending(_person(turn, draft.person), draft, turn.today)]
    return ask(
        "posting.end_right", then=confirm_end, choices=picking.yes(), draft=draft, name=name, posts=told, last=last
    )


@feature.step
def confirm_end(turn: Turn, draft: Ending) -> Reply:
    person = _confirmed(turn, draft.person)
    after = relieved(person, _ending(person, draft, turn.today), date.fromisoformat(draft.last), turn.today)
    return _saved(turn, person, after)


@feature.on()
def move(turn: Turn) -> Reply:
    person = picking.person_meant(turn)
    posts = _choices(turn, person)
    if not posts:
        raise Refusal("posting.no_posts", name=person.name)
    return ask("posting.move_which", then=pick_moving, choices=posts, draft=Moving(person.id))


@feature.step
def pick_moving(turn: Turn, draft: Moving) -> Reply:
    draft = replace(draft, post=_place(turn, _person(turn, draft.person)))
    return _ask_unit(turn, draft)


@feature.step
def pick_new_unit(turn: Turn, draft: Moving) -> Reply:
    if picking.page_turned(turn) is not None:
        return _ask_unit(turn, draft)
    chosen, person = picking.unit_chosen(turn), _person(turn, draft.person)
    draft = replace(draft, unit=chosen.id if chosen else "")
    post, unit = post_word(turn, person.posts[draft.post]), unit_word(turn, draft.unit)
    right = {"name": person.name, "post": post, "unit": unit}
    return ask("posting.move_right", then=confirm_move, choices=picking.yes(), draft=draft, **right)


@feature.step
def confirm_move(turn: Turn, draft: Moving) -> Reply:
    person = _confirmed(turn, draft.person)
    before = person.posts[draft.post]
    away = relieved(person, [before], turn.today - A_DAY, turn.today)
    since = max(turn.today, before.since or turn.today)
    after = appointed(away, replace(before, unit=draft.unit, since=since), turn.today)
    return _saved(turn, person, after)


@feature.on()
def act(turn: Turn) -> Reply:
    person = picking.person_meant(turn)
    return _ask_where_to_act(turn, Acting(person.id), person)


@feature.step
def pick_acting_unit(turn: Turn, draft: Acting) -> Reply:
    if picking.page_turned(turn) is not None:
        return _ask_where_to_act(turn, draft, _person(turn, draft.person))
    unit = picking.unit_chosen(turn)
    draft = replace(draft, unit=unit.id if unit else "")
    return ask("posting.act_as", then=pick_acting_role, choices=picking.roles(), draft=draft)


@feature.step
def pick_acting_role(turn: Turn, draft: Acting) -> Reply:
    draft = replace(draft, role=picking.role_chosen(turn).value)
    choices = picking.days(turn, Answer(words("posting.tap_today"), turn.today.isoformat()))
    return ask("posting.act_from", then=hear_first_day, choices=choices, draft=draft)


@feature.step
def hear_first_day(turn: Turn, draft: Acting) -> Reply:
    draft = replace(draft, since=picking.day_chosen(turn).isoformat())
    return ask("posting.act_until", then=hear_acting_until, choices=picking.days(turn), draft=draft)


@feature.step
def hear_acting_until(turn: Turn, draft: Acting) -> Reply:
    since, until = date.fromisoformat(draft.since), picking.day_chosen(turn)
    if until < since:
        raise Refusal("posting.ends_before", since=since)
    name, draft = _person(turn, draft.person).name, replace(draft, until=until.isoformat())
    post = post_word(turn, _acting(draft))
    return ask("posting.act_right", then=confirm_act, choices=picking.yes(), draft=draft, name=name, post=post)


@feature.step
def confirm_act(turn: Turn, draft: Acting) -> Reply:
    person = _confirmed(turn, draft.person)
    return _saved(turn, person, appointed(person, _acting(draft), turn.today))


def _saved(turn: Turn, person: Person, after: Person) -> Reply:
    """Keep it, where somebody is left to administer; whoever it is about is told, and sees the menu that is theirs."""
    keep_an_administrator(turn.store.people.with_role(Role.ADMIN, turn.today), person, after, turn.today)
    turn.store.people.save(after)
    posts = [post_word(turn, post) for post in standing(after, turn.today)] or [words("posting.none_left")]
    told = say("posting.saved", name=after.name, posts=posts).offering(
        Go(words("people.tap_one"), "people.one", {"id": after.id}), Go(words("people.tap_all"), "people.all")
    )
    told = told_to_receivers(turn, told, person, after)
    if person.id == turn.who.id:
        return told.doing(*menu_of(person, after))
    changed = say("posting.changed").offering(Go(words("menu.account_me"), "account.me"))
    return told.telling(after, reply=changed.doing(*menu_of(person, after)))


def _ask_unit(turn: Turn, draft: Moving) -> Reply:
    return ask("posting.move_where", then=pick_new_unit, choices=picking.units(turn, none_too=True), draft=draft)


def _ask_where_to_act(turn: Turn, draft: Acting, person: Person) -> Reply:
    choices = picking.units(turn, none_too=True)
    return ask("posting.act_where", then=pick_acting_unit, choices=choices, draft=draft, name=person.name)


def _acting(draft: Acting) -> Post:
    since, until = date.fromisoformat(draft.since), date.fromisoformat(draft.until)
    return Post(Role(draft.role), draft.unit, since, until, acting=True)


def _choices(turn: Turn, person: Person) -> list[Answer]:
    """The posts of a person that are not over, by their place; with the unit where the role alone would not tell."""
    open_ones = standing(person, turn.today)
    roles = [post.role for post in open_ones]
    places = [place for place, post in enumerate(person.posts) if post in open_ones][: picking.PAGE]
    found = [(place, replace(person.posts[place], since=None, until=None)) for place in places]
    return [
        Answer(role_word(post.role) if roles.count(post.role) == 1 else post_word(turn, post), str(place))
        for place, post in found
    ]


def _place(turn: Turn, person: Person) -> int:
    if not turn.chosen.isdecimal() or int(turn.chosen) >= len(person.posts):
        raise Refusal("posting.which_post")
    return int(turn.chosen)


def _ending(person: Person, draft: Ending, today: date) -> list[Post]:
    return [person.posts[int(draft.posts)]] if draft.posts else list(standing(person, today))


def _person(turn: Turn, person_id: str) -> Person:
    return picking.person_meant(replace(turn, values={"id": person_id}))


def _confirmed(turn: Turn, person_id: str) -> Person:
    """The person it is about, once it was confirmed."""
    picking.only_yes(turn)
    return _person(turn, person_id)
