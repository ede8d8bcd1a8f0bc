"""The outbox: a lane's letters go out in order, what may have arrived is never taken for certain, and no one calls
faster than LINE allows."""

import pytest

from bot.storage.queue import LeaseLost, Outgoing, Rate, State

LEASE = 30_000


@pytest.fixture
def agency(house):
    return house.add_agency("north")


def post(house, agency, *texts, lane="x"):
    letters = [Outgoing("U1", [{"type": "text", "text": one}], "token", 5, needed=one == "needed") for one in texts]
    house.queue("post", agency, lane, letters, house.clock())


def claim_letter(house, owner="a"):
    return house.queue("claim_letter", owner, house.clock(), LEASE)


def settle(house, letter, owner="a", state=State.DONE):
    house.queue("settle", letter, owner, house.clock(), state, "sent")


def try_again(house, letter, *, known, pause=0):
    house.queue("retry_letter", letter, "a", house.clock() + pause, "again", known=known)


def said(letter):
    return letter.outgoing.messages[0]["text"]


def test_letters_of_a_lane_go_out_in_the_order_they_were_written(house, agency):
    post(house, agency, "one", "two")
    house.clock.pass_ms(1)
    post(house, agency, "other", lane="y")
    post(house, agency, "three")
    first, second = claim_letter(house, "a"), claim_letter(house, "b")
    assert [said(first), said(second)] == ["one", "other"]
    assert claim_letter(house, "c") is None
    settle(house, first)
    settle(house, second, "b")
    assert said(claim_letter(house)) == "two"


def test_a_letter_comes_back_as_it_was_written(house, agency):
    post(house, agency, "needed")
    letter = claim_letter(house)
    message = {"type": "text", "text": "needed"}
    assert letter.outgoing == Outgoing("U1", [message], "token", 5, needed=True)
    assert (letter.attempts, letter.uncertain) == (1, False)


def test_a_letter_that_is_tried_again_keeps_its_place_and_its_key(house, agency):
    post(house, agency, "one", "two")
    letter = claim_letter(house)
    try_again(house, letter, known=False, pause=1000)
    assert claim_letter(house) is None
    house.clock.pass_ms(1000)
    again = claim_letter(house)
    assert (said(again), again.retry_key, again.attempts, again.uncertain) == ("one", letter.retry_key, 2, True)


def test_once_uncertain_a_letter_stays_so(house, agency):
    """Whatever a later attempt came to, the first may have arrived."""
    post(house, agency, "one")
    for known in (False, True):
        try_again(house, claim_letter(house), known=known)
    assert claim_letter(house).uncertain


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_letter_of_which_every_attempt_is_known_is_certain(house, agency, times):
    """Refused before it was taken, say: it did not arrive."""
    post(house, agency, "one")
    for _ in range(times):
        try_again(house, claim_letter(house), known=True)
    letter = claim_letter(house)
    assert (letter.attempts, letter.uncertain) == (times + 1, False)


def test_a_sender_that_was_killed_leaves_its_letter_uncertain(house, agency):
    """It died between the claim and its end: nobody knows whether it had called LINE."""
    post(house, agency, "one")
    assert not claim_letter(house).uncertain
    house.clock.pass_ms(LEASE + 1)
    assert claim_letter(house).uncertain


def test_a_kill_after_a_known_attempt_leaves_a_letter_uncertain_too(house, agency):
    post(house, agency, "one")
    try_again(house, claim_letter(house), known=True)
    claim_letter(house)
    house.clock.pass_ms(LEASE + 1)
    assert claim_letter(house).uncertain


def test_a_letter_that_is_put_back_counts_no_attempt(house, agency):
    post(house, agency, "one", "two")

    def claim_and_put_back(connection):
        queue, now = house.core.queue, house.clock()
        queue.put_back(connection, queue.claim_letter(connection, "a", now, LEASE), now + 500)

    for _ in range(3):
        house.core.database.write(claim_and_put_back, across=True)
        assert claim_letter(house) is None
        house.clock.pass_ms(500)
    letter = claim_letter(house)
    assert (said(letter), letter.attempts, letter.uncertain) == ("one", 1, False)


def test_a_settled_letter_loses_its_words(house, agency):
    post(house, agency, "one")
    settle(house, claim_letter(house))
    assert house.rows("SELECT state, outcome, body FROM outbox") == [(State.DONE, "sent", None)]
    assert claim_letter(house) is None


def test_a_late_sender_does_not_give_the_lane_away(house, agency):
    post(house, agency, "one", "two")
    late = claim_letter(house, "a")
    house.clock.pass_ms(LEASE + 1)
    assert said(claim_letter(house, "b")) == "one"
    with pytest.raises(LeaseLost):
        settle(house, late, "a")
    assert claim_letter(house, "c") is None


def test_given_up_letters_and_events_are_counted(house, agency):
    house.put(agency, {"id": "e", "lane": "x"})
    house.queue("finish_event", house.claim(), "a", house.clock(), State.DEAD, "failed")
    for _ in range(2):
        post(house, agency, "one")
        settle(house, claim_letter(house), state=State.DEAD)
    assert house.queue("dead") == {"event": 1, "message": 2, "task": 0}


# ── permits: GCRA, so many calls at once and then one after the other

RATE = Rate(calls=10, burst=3)  # one in 100 ms
EACH_MS = 100


def ask(house, agency, endpoint="push"):
    return house.queue("take_permit", agency, endpoint, house.clock(), RATE)


def test_so_many_calls_are_free_at_once_and_then_one_after_the_other(house, agency):
    assert [ask(house, agency) for _ in range(RATE.burst)] == [0] * RATE.burst
    assert ask(house, agency) > 0
    for _ in range(20):
        house.clock.pass_ms(EACH_MS)
        assert ask(house, agency) == 0
        assert ask(house, agency) > 0


def test_a_refused_call_is_told_how_long_to_wait_and_then_may_go(house, agency):
    for _ in range(RATE.burst):
        ask(house, agency)
    house.clock.pass_ms(30)
    wait = ask(house, agency)
    assert EACH_MS - 30 <= wait <= EACH_MS - 30 + 1  # to the next millisecond
    house.clock.pass_ms(wait - 2)
    assert ask(house, agency) > 0
    house.clock.pass_ms(2)
    assert ask(house, agency) == 0


def test_a_refused_call_takes_nothing_from_those_who_wait(house, agency):
    for _ in range(RATE.burst + 50):
        ask(house, agency)
    house.clock.pass_ms(EACH_MS)
    assert ask(house, agency) == 0


def test_a_rest_gives_the_burst_back_and_no_more(house, agency):
    for _ in range(RATE.burst):
        ask(house, agency)
    house.clock.pass_ms(1_000 * EACH_MS)
    assert [ask(house, agency) == 0 for _ in range(RATE.burst + 1)] == [True] * RATE.burst + [False]


def test_over_a_long_time_the_rate_is_what_was_asked_for(house, agency):
    """Asked every 47 ms for ten seconds: 10 a second, and the burst."""
    granted = 0
    for _ in range(10_000 // 47):
        granted += ask(house, agency) == 0
        house.clock.pass_ms(47)
    assert granted == 100 + RATE.burst - 1


def test_each_endpoint_of_each_agency_has_its_own_rate(house, agency):
    for _ in range(RATE.burst):
        ask(house, agency)
    assert ask(house, agency) > 0
    assert ask(house, agency, "reply") == 0
    assert ask(house, house.add_agency("south")) == 0


def test_after_a_refusal_by_line_nobody_calls_until_it_is_over(house, agency):
    ask(house, agency)
    house.queue("hold_permits", agency, "push", house.clock() + 5_000, RATE)
    wait = ask(house, agency)
    assert 5_000 <= wait <= 5_001
    assert ask(house, agency, "reply") == 0
    house.clock.pass_ms(4_999)
    assert ask(house, agency) > 0
    house.clock.pass_ms(2)
    assert [ask(house, agency) == 0 for _ in range(2)] == [True, False]  # one at a time from then on, no burst


def test_a_shorter_hold_does_not_end_a_longer_one(house, agency):
    ask(house, agency)
    for pause in (5_000, 1_000):
        house.queue("hold_permits", agency, "push", house.clock() + pause, RATE)
    house.clock.pass_ms(1_001)
    assert ask(house, agency) > 3_000
