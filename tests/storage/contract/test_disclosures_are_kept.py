"""Disclosures stand the same in every store: who opens which, what a code shows, and what a round does."""

from dataclasses import MISSING, fields, replace
from datetime import date, timedelta

import pytest

from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import (
    NOBODY,
    Accused,
    Disclosure,
    Identity,
    More,
    Outcome,
    Part,
    Reveal,
    Standing,
    State,
    Way,
)
from itadomain.integrity.receipts import LENGTH, is_code
from tests.storage.contract.disclosing import CLOSED, DRAFT, PHOTO, TODAY, WHOLE, receiver, round_of, standing, tell

LATER = TODAY + timedelta(days=3)


@pytest.fixture
def readers(store):
    return [receiver(store, number) for number in (1, 2, 3)]


@pytest.fixture
def kept(step, readers):
    """One that two of three receivers can read; gives its id and its code."""
    code = tell(step, WHOLE, readers[:2])
    (arrived,) = round_of(step)
    return arrived.id, code


def get(step, disclosure_id, person_id):
    return step(lambda s: s.disclosures.get(disclosure_id, person_id))


def by_code(step, code):
    return step(lambda s: s.disclosures.by_code(code))


# ── its reporter


def test_a_code_is_one(step):
    codes = {step(lambda s: s.disclosures.new_code()) for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == LENGTH and is_code(code) for code in codes)


def test_what_is_told_is_seen_under_its_code_at_once_and_by_nobody_else(step, readers):
    code = tell(step, WHOLE, readers[:2])
    found = by_code(step, code)
    assert found == Disclosure(
        "", Standing(Way.NAMED, date.min), WHOLE.told, WHOLE.accused, readers=frozenset(readers[:2]), delivered=False
    )
    assert [step(lambda s, who=who: list(s.disclosures.readable(who))) for who in readers] == [[], [], []]
    assert step(lambda s: list(s.disclosures.open())) == []


def test_a_round_brings_it_to_its_receivers_and_to_nobody_else(step, readers):
    code = tell(step, WHOLE, readers[:2])
    (arrived,) = round_of(step)
    assert (arrived.standing, arrived.readers) == (Standing(Way.NAMED, TODAY), frozenset(readers[:2]))
    assert (arrived.new, arrived.reopens) == (True, False)
    expected = Disclosure(
        arrived.id, arrived.standing, WHOLE.told, WHOLE.accused, WHOLE.identity, readers=arrived.readers
    )
    assert [get(step, arrived.id, who) for who in readers] == [expected, expected, None]
    assert by_code(step, code) == replace(expected, identity=NOBODY)
    assert step(lambda s: list(s.disclosures.open())) == [(arrived.id, arrived.standing, arrived.readers)]


def test_a_round_without_anything_does_nothing(step, readers):
    assert list(round_of(step)) == []
    tell(step, DRAFT, readers)
    assert len(round_of(step)) == 1
    assert list(round_of(step)) == []


def test_what_was_sent_twice_is_one_before_the_round_and_after_it(step, readers):
    code = tell(step, DRAFT, readers)
    other = replace(DRAFT, told={Part.WHAT: "อย่างอื่น"})
    step(lambda s: s.disclosures.put_in(other, code, readers))
    assert len(round_of(step)) == 1
    step(lambda s: s.disclosures.put_in(other, code, readers))
    assert list(round_of(step)) == []
    assert by_code(step, code).told == DRAFT.told


def test_nothing_is_sealed_for_nobody_or_for_somebody_without_a_key(step, readers):
    assert sorted(step(lambda s: s.disclosures.able())) == sorted(readers)
    for whom in ([], [*readers, "p9"], ["p9"]):
        with pytest.raises(LookupError):
            tell(step, DRAFT, whom)
    assert list(round_of(step)) == []


def test_a_code_that_nobody_has_opens_nothing(step, readers, kept):
    for code in ("A" * 15 + "2", kept[1][:-1] + ("0" if kept[1][-1] != "0" else "1"), ""):
        assert by_code(step, code) is None
        with pytest.raises(LookupError):
            step(lambda s, code=code: s.disclosures.put_more(code, More("อีก")))


def test_where_nobody_ever_received_anything_no_code_opens(step):
    assert by_code(step, "A" * 15 + "2") is None
    assert list(step(lambda s: s.disclosures.able())) == []
    assert list(round_of(step)) == []


def test_more_is_seen_under_the_code_at_once_and_by_its_receivers_after_the_round(step, readers, kept):
    disclosure_id, code = kept
    standing(step, disclosure_id, state=State.WAITING)
    before = get(step, disclosure_id, readers[0])
    step(lambda s: s.disclosures.put_more(code, More("  มีอีก  ")))
    step(lambda s: s.disclosures.put_more(code, More(file=PHOTO)))
    step(lambda s: s.disclosures.put_more(code, More("ไม่เห็นด้วย", PHOTO, reopens=True)))
    said = [Line(Voice.REPORTER, "", TODAY, words) for words in ("  มีอีก  ", "ไม่เห็นด้วย")]
    assert (by_code(step, code).talk, by_code(step, code).files) == (tuple(said), (PHOTO, PHOTO))
    assert get(step, disclosure_id, readers[0]) == before
    arrived = round_of(step, LATER)
    assert [(one.id, one.new, one.standing, one.readers) for one in arrived] == [
        (disclosure_id, False, before.standing, before.readers)
    ] * 3
    assert [one.reopens for one in arrived] == [False, False, True]
    after = get(step, disclosure_id, readers[1])
    assert after == replace(before, talk=tuple(replace(one, on=LATER) for one in said), files=(PHOTO, PHOTO))
    assert by_code(step, code).talk == after.talk


def test_more_to_what_is_still_in_the_box_comes_with_it_and_after_it(step, readers):
    codes = [tell(step, DRAFT, readers) for _ in range(5)]
    for number, code in enumerate(codes):
        for word in ("ก่อน", "หลัง"):
            step(lambda s, code=code, words=f"{word} {number}": s.disclosures.put_more(code, More(words)))
    assert [by_code(step, code).delivered for code in codes] == [False] * 5
    arrived = round_of(step)
    new = [one.id for one in arrived if one.new]
    assert len(set(new)) == 5
    assert sorted(one.id for one in arrived if not one.new) == sorted(new * 2)
    assert all(one.standing == Standing(Way.WEB, TODAY) for one in arrived)
    seen = {one.id: [line.words for line in one.talk] for one in step(lambda s: s.disclosures.readable(readers[0]))}
    assert sorted(seen.values()) == [[f"ก่อน {number}", f"หลัง {number}"] for number in range(5)]


def test_two_things_are_left_in_one_step(step, readers, kept):
    def both(store):
        store.disclosures.put_more(kept[1], More("หนึ่ง"))
        store.disclosures.put_more(kept[1], More("สอง"))

    step(both)
    round_of(step)
    assert [line.words for line in get(step, kept[0], readers[0]).talk] == ["หนึ่ง", "สอง"]


def test_its_reporter_does_not_see_what_receivers_note(step, readers, kept):
    disclosure_id, code = kept
    found = get(step, disclosure_id, readers[0])
    lines = [Line(voice, readers[0], TODAY, f"คำ {voice}") for voice in (Voice.NOTE, Voice.AGENCY, Voice.MOVE)]
    step(lambda s: s.disclosures.save(found.saying(*lines), readers[0]))
    assert by_code(step, code).talk == tuple(lines[1:])
    assert get(step, disclosure_id, readers[1]).talk == tuple(lines)


# ── its receivers


ALL_CHANGED = Standing(
    Way.NAMED, TODAY, State.CLOSED, Outcome.SUBSTANTIATED, TODAY, LATER, LATER, TODAY, TODAY, 7, LATER, 2
)


def test_everything_that_changes_of_one_is_kept(step, readers, kept):
    found = get(step, kept[0], readers[0])
    changed = replace(
        found, standing=ALL_CHANGED, told={**found.told, Part.WHO: "คนอื่น"},
        accused=Accused(frozenset({"u3"}), words="x", people=frozenset({"r3"})),
        reveal=Reveal("r1", "ต้องถามเพิ่ม", "2026-11-20T10:00", "r2"),
        talk=(Line(Voice.AGENCY, "r1", TODAY, "ขอบคุณ"),),
    )  # fmt: skip
    step(lambda s: s.disclosures.save(changed, readers[0]))
    assert get(step, kept[0], readers[1]) == changed
    given = {one.name: one.default for one in fields(Standing) if one.default is not MISSING}
    assert [name for name, default in given.items() if getattr(ALL_CHANGED, name) == default] == []
    step(lambda s: s.disclosures.save(replace(found, talk=changed.talk), readers[1]))
    assert get(step, kept[0], readers[0]) == replace(found, talk=changed.talk)


def test_what_was_said_and_who_brought_it_cannot_be_changed(step, readers, kept):
    first = Line(Voice.AGENCY, "r1", TODAY, "ขอบคุณ")
    step(lambda s: s.disclosures.save(s.disclosures.get(kept[0], readers[0]).saying(first), readers[0]))
    found = get(step, kept[0], readers[0])
    for talk in ((), (replace(first, words="อย่างอื่น"),)):
        with pytest.raises(ValueError, match="stays"):
            step(lambda s, talk=talk: s.disclosures.save(replace(found, talk=talk), readers[0]))
    step(lambda s: s.disclosures.save(replace(found, identity=Identity(name="x"), files=(PHOTO,)), readers[0]))
    assert get(step, kept[0], readers[0]) == found


def test_who_holds_no_key_changes_and_shares_nothing(step, readers, kept):
    found, nobody = get(step, kept[0], readers[0]), readers[2]
    for who in (nobody, "p9"):
        with pytest.raises(LookupError):
            step(lambda s, who=who: s.disclosures.save(found.standing_at(state=State.CLOSED), who))
        with pytest.raises(LookupError):
            step(lambda s, who=who: s.disclosures.share(kept[0], who, nobody))
    with pytest.raises(LookupError):
        step(lambda s: s.disclosures.share(kept[0], readers[0], "p9"))
    assert get(step, kept[0], readers[0]) == found
    assert get(step, "d0", readers[0]) is None


def test_a_key_is_shared_and_given_back_but_not_the_last(step, readers, kept):
    one, two, three = readers
    step(lambda s: s.disclosures.share(kept[0], two, three))
    step(lambda s: s.disclosures.share(kept[0], one, three))
    assert get(step, kept[0], three).readers == frozenset(readers)
    for who in (one, two, three, "p9"):
        step(lambda s, who=who: s.disclosures.give_back(kept[0], who))
    assert get(step, kept[0], one) is get(step, kept[0], two) is None
    assert get(step, kept[0], three).readers == {three}
    assert [readers for _, _, readers in step(lambda s: s.disclosures.open())] == [{three}]


def test_where_one_stands_is_kept_without_a_key_of_it(step, readers, kept):
    step(lambda s: s.disclosures.stand(kept[0], replace(ALL_CHANGED, state=State.INQUIRY, outcome=None)))
    assert get(step, kept[0], readers[0]).standing == replace(ALL_CHANGED, state=State.INQUIRY, outcome=None)


def test_what_has_just_arrived_can_be_stood_otherwise_in_the_same_step(step, readers):
    code = tell(step, DRAFT, readers)
    step(lambda s: s.disclosures.put_more(code, More("อีก")))

    def arrive(store):
        for one in store.disclosures.deliver(TODAY):
            store.disclosures.stand(one.id, replace(one.standing, due=LATER))

    step(arrive)
    assert [one.standing.due for one in step(lambda s: s.disclosures.readable(readers[0]))] == [LATER]


def test_the_open_ones_come_first_and_the_most_urgent_of_them(step, readers):
    for _ in range(4):
        tell(step, DRAFT, readers[:1])
    ids = [one.id for one in round_of(step)]
    standing(step, ids[0], **CLOSED, due=TODAY)
    standing(step, ids[1], due=LATER)
    standing(step, ids[2], due=None)
    standing(step, ids[3], due=TODAY)
    expected = [ids[3], ids[1], ids[2], ids[0]]
    assert [one.id for one in step(lambda s: s.disclosures.readable(readers[0]))] == expected
    assert {one for one, _, _ in step(lambda s: s.disclosures.open())} == set(expected[:3])
    assert list(step(lambda s: s.disclosures.readable(readers[1]))) == []


def test_those_filed_in_some_days_are_counted(step, readers):
    for day in (TODAY, TODAY, LATER):
        tell(step, DRAFT, readers)
        round_of(step, day)

    def count(first, last):
        return [one.filed_on for one in step(lambda s: s.disclosures.counted(first, last))]

    assert count(TODAY, TODAY) == [TODAY] * 2
    assert sorted(count(TODAY, LATER)) == [TODAY, TODAY, LATER]
    assert count(date.min, TODAY - timedelta(days=1)) == []


def test_what_is_disposed_of_is_only_counted(step, readers, kept):
    disclosure_id, code = kept
    step(lambda s: s.disclosures.save(s.disclosures.get(disclosure_id, "r1").standing_at(**CLOSED), "r1"))
    step(lambda s: s.disclosures.put_more(code, More("สายไปแล้ว")))
    step(lambda s: s.disclosures.dispose(disclosure_id))
    assert by_code(step, code) is None
    assert [get(step, disclosure_id, who) for who in readers] == [None] * 3
    assert [list(step(lambda s, who=who: s.disclosures.readable(who))) for who in readers] == [[], [], []]
    assert list(round_of(step)) == []
    assert [one.state for one in step(lambda s: s.disclosures.counted(TODAY, TODAY))] == [State.CLOSED]
