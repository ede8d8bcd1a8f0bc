"""More than anyone means to say in a minute: told once, and heard again in the next."""

from bot.storage.queue import State
from bot.worker import PEOPLE_IN_A_GROUP
from tests.storage.office import A_MINUTE, OTHER, USER, text_of

MINUTE = 60_000
A_FULL_MINUTE = 1_795_150_020_000  # a moment at which a minute begins


def in_a_minute(office, count, minute=0, **more):
    for number in range(count):
        office.hear(f"{minute}-{number}", "help", at=A_FULL_MINUTE + minute * MINUTE + number, **more)


def test_who_says_too_much_in_a_minute_is_told_once_and_heard_again_in_the_next(office):
    in_a_minute(office, A_MINUTE + 3)
    in_a_minute(office, 1, minute=1)
    office.work()
    states = office.states()
    heard, ignored = [f"0-{n}" for n in range(A_MINUTE)], [f"0-{n}" for n in range(A_MINUTE, A_MINUTE + 3)]
    assert {states[name] for name in heard} == {State.DONE}
    assert {states[name] for name in ignored} == {State.IGNORED}
    assert [token for token, _ in office.answers()] == [*(f"r-{name}" for name in heard), f"r-{ignored[0]}", "r-1-0"]
    assert text_of("help.too_much") in office.answers()[A_MINUTE][1]
    assert text_of("help.menu") in office.answers()[-1][1]


def test_one_persons_minute_is_not_anothers(office):
    in_a_minute(office, A_MINUTE)
    office.hear("other", "help", user=OTHER, at=A_FULL_MINUTE)
    office.work()
    assert set(office.states().values()) == {State.DONE}


def test_what_line_delivers_again_later_is_heard_however_much_there_is(office):
    """The minutes they happened in are over."""
    in_a_minute(office, 1, minute=9)
    for minute in range(4):
        in_a_minute(office, A_MINUTE - 1, minute=minute)
    office.work()
    assert set(office.states().values()) == {State.DONE}


def test_a_group_may_say_ten_times_as_much(office):
    source = {"type": "group", "groupId": "C" + "1" * 32, "userId": USER}
    spoken_to = {
        "type": "text",
        "text": "@bot help",
        "mention": {"mentionees": [{"index": 0, "length": 4, "isSelf": True}]},
    }
    most = A_MINUTE * PEOPLE_IN_A_GROUP
    in_a_minute(office, most + 2, source=source, message=spoken_to)
    office.work()
    assert list(office.states().values()).count(State.IGNORED) == 2
    answers = [text for _, text in office.answers()]
    assert len(answers) == most + 1
    assert [text for text in answers if text_of("help.too_much") in text] == answers[-1:]
