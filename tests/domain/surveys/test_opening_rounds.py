"""Rounds open once, ask what was settled then, and rest while the official questionnaire is near."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument, Name
from itadomain.refusals import Refusal
from itadomain.surveys import opening, points
from itadomain.surveys.questionnaire import Answering
from itadomain.surveys.survey import Kind
from tests.fakes import TODAY, an_agency

FIRST, LAST = date(2027, 4, 1), date(2027, 6, 30)
REHEARSED = [(Kind.OUTSIDERS, Instrument.EIT, Phase.EIT), (Kind.INSIDERS, Instrument.IIT, Phase.IIT)]


def opened(store, kind=Kind.OUTSIDERS, today=TODAY, **more):
    return opening.open_survey(store, kind, 2570, by="a1", today=today, **more)


def refused(act, *args, **more):
    with pytest.raises(Refusal) as no:
        act(*args, **more)
    return no.value.key


@pytest.fixture
def store():
    return an_agency()


def official(store, phase, first=FIRST, last=LAST):
    store.windows.save(Window(FiscalYear(2570), phase, first, last))


@pytest.mark.parametrize("kind", Kind)
def test_of_a_kind_one_is_open_at_most(store, kind):
    made = opened(store, kind)
    assert opening.current(store, kind) == store.surveys.get(made.id)
    assert refused(opened, store, kind) == "surveys.open_already"
    opening.close(store, made.id, TODAY)
    assert opening.current(store, kind) is None
    assert refused(opening.close, store, made.id, TODAY) == "surveys.closed_already"
    assert opened(store, kind).id != made.id


def test_what_it_asks_is_settled_when_it_opens(store):
    made = opened(store)
    first = made.questionnaire.items[0]
    store.surveys.save_item(2570, replace(first, wording=Name("อย่างอื่น", "Something else")))
    assert opening.answerable(store, Kind.OUTSIDERS, TODAY).questionnaire.items[0] == first
    assert opening.asked(store, Kind.OUTSIDERS, 2570).items[0] != first


def test_a_question_of_six_steps_needs_their_points_first(store):
    first = opening.asked(store, Kind.OUTSIDERS, 2570).items[0]
    store.surveys.save_item(2570, replace(first, answering=Answering.SIX))
    with pytest.raises(Refusal) as no:
        opened(store)
    assert (no.value.key, no.value.facts) == ("surveys.no_points", {"codes": [first.code]})
    store.settings.put("survey:six:2570", "0 20 40 60 80 100")
    assert opened(store).questionnaire.points[Answering.SIX][1] == 20


@pytest.mark.parametrize("closes_on", [TODAY - timedelta(1), TODAY + timedelta(400)])
def test_a_last_day_is_ahead_and_near(store, closes_on):
    assert refused(opened, store, closes_on=closes_on) == "surveys.which_last_day"


@pytest.mark.parametrize("population", [0, -1, 10**7])
def test_a_number_of_people_is_one(store, population):
    assert refused(opened, store, population=population) == "surveys.how_many_people"


def test_it_asks_until_its_last_day_is_over(store):
    opened(store, closes_on=TODAY + timedelta(3))
    assert opening.answerable(store, Kind.OUTSIDERS, TODAY + timedelta(3))
    assert refused(opening.answerable, store, Kind.OUTSIDERS, TODAY + timedelta(4)) == "surveys.is_over"
    assert refused(opening.answerable, store, Kind.INSIDERS, TODAY) == "surveys.none_open"


@pytest.mark.parametrize(("kind", "instrument", "phase"), REHEARSED)
@pytest.mark.parametrize(
    ("day", "rests", "running"),
    [
        (FIRST - timedelta(8), False, False),
        (FIRST - timedelta(7), True, False),
        (FIRST - timedelta(1), True, False),
        (FIRST, True, True),
        (LAST, True, True),
        (LAST + timedelta(1), False, False),
    ],
)
def test_a_rehearsal_rests_from_a_week_before_the_official_one_until_that_is_over(
    store, kind, instrument, phase, day, rests, running
):
    made = opened(store, kind)
    official(store, phase)
    near = opening.official(store, instrument, day)
    assert (near is not None) == rests
    if near:
        assert near.running is running
        assert refused(opening.answerable, store, kind, day) == "surveys.official_instead"
        opening.close(store, made.id, day)
        assert refused(opened, store, kind, day) == "surveys.official_instead"
    else:
        assert opening.answerable(store, kind, day)


@pytest.mark.parametrize("phase", [Phase.EIT, Phase.IIT])
def test_the_short_form_goes_on_and_so_does_the_other_rehearsal(store, phase):
    for kind in Kind:
        opened(store, kind)
    official(store, phase)
    asking = [kind for kind in Kind if kind.instrument is None or kind.instrument.value.lower() != phase.value]
    assert [opening.answerable(store, kind, FIRST).kind for kind in asking] == asking
    assert len(asking) == 2


def test_a_window_of_which_one_day_is_known_is_taken_for_long_rather_than_short(store):
    official(store, Phase.EIT, None, LAST)
    assert not opening.official(store, Instrument.EIT, LAST - timedelta(100))
    assert opening.official(store, Instrument.EIT, LAST - timedelta(92))
    official(store, Phase.IIT, FIRST, None)
    assert opening.official(store, Instrument.IIT, date(2027, 9, 30))
    assert not opening.official(store, Instrument.IIT, date(2027, 10, 1))


def test_the_window_of_the_year_before_counts_where_it_runs_on(store):
    store.windows.save(Window(FiscalYear(2569), Phase.EIT, date(2026, 9, 1), date(2026, 11, 30)))
    assert opening.official(store, Instrument.EIT, TODAY).window.fiscal_year == 2569


@pytest.mark.parametrize("said", ["http://itas.nacc.go.th/go/eit/1", "itas.nacc.go.th", "https://a b.go.th", "x" * 2000,
                                  "javascript:alert(1)", "https://user:pw@evil.example/",
                                  "https://itas.nacc.go.th:๔๔๓/eit", "https://ita\u017f.nacc.go.th/eit"])  # fmt: skip
def test_only_an_address_with_https_is_kept_as_the_official_one(store, said):
    assert refused(opening.keep_link, store, Instrument.EIT, 2570, said) == "surveys.no_official_link"
    assert opening.link_of(store, Instrument.EIT, 2570) == ""


def test_the_official_address_is_kept_by_year_and_instrument_and_taken_out(store):
    official(store, Phase.EIT)
    address = opening.keep_link(store, Instrument.EIT, 2570, " https://itas.nacc.go.th/go/eit/ab12 ")
    assert opening.official(store, Instrument.EIT, FIRST).link == address == "https://itas.nacc.go.th/go/eit/ab12"
    assert opening.link_of(store, Instrument.IIT, 2570) == opening.link_of(store, Instrument.EIT, 2569) == ""
    opening.drop_link(store, Instrument.EIT, 2570)
    assert opening.official(store, Instrument.EIT, FIRST).link == ""
    assert refused(opening.keep_link, store, Instrument.OIT, 2570, address) == "surveys.no_official_link"


@pytest.mark.parametrize(
    "said",
    [
        "https://line.me/R/oaMessage/%40bangsommut/?%E0%B8%95%E0%B8%AD%E0%B8%9A%E0%B9%81%E0%B8%9A%E0%B8%9A%E0%B8%AA%E0%B8%B3%E0%B8%A3%E0%B8%A7%E0%B8%88",
        points.link("@bangsommut"), points.link("@bangsommut", "K7Q2"), points.link("@other", "K7Q2").lower(),
    ],
)  # fmt: skip
def test_the_address_of_our_own_poster_is_not_the_official_one(store, said):
    assert refused(opening.keep_link, store, Instrument.EIT, 2570, said) == "surveys.our_own_link"
    assert opening.link_of(store, Instrument.EIT, 2570) == ""


@pytest.mark.parametrize(
    ("address", "of_nacc"),
    [
        ("https://itas.nacc.go.th/go/eit/1", True), ("https://nacc.go.th", True), ("https://ITAS.NACC.GO.TH:443?x", True),
        ("https://nacc.go.th.example.com/", False), ("https://xnacc.go.th/", False), ("https://example.com/nacc.go.th/", False),
        ("https://example.com?https://itas.nacc.go.th/", False), ("https://line.me/R/ti/p/1", False),
    ],
)  # fmt: skip
def test_the_host_tells_whether_an_address_is_the_naccs(address, of_nacc):
    assert opening.official_address(address) == address
    assert opening.is_of_nacc(address) is of_nacc
