from hypothesis import assume, given
from hypothesis import strategies as st

from itadomain.cases.tickets import MOST, Ticket, ticket

TICKETS = st.builds(Ticket, st.integers(2560, 2599), st.integers(1, MOST))
RUNNING = 2569


def test_a_ticket_is_year_number_and_letter():
    assert str(Ticket(2569, 123)) == f"69-000123-{Ticket(2569, 123).letter}"


@given(TICKETS)
def test_what_is_printed_is_read(one):
    assert ticket(str(one), RUNNING) == one
    assert ticket(f"  #{str(one).lower()} ", RUNNING) == one
    assert ticket(str(one).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")), RUNNING) == one


@given(TICKETS, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_figure_is_found(one, place, by):
    figures = str(one).replace("-", "")[:8]
    wrong = figures[:place] + str((int(figures[place]) + by) % 10) + figures[place + 1 :]
    assert ticket(f"{wrong[:2]}-{wrong[2:]}-{one.letter}", RUNNING) is None


@given(TICKETS, st.integers(0, 6))
def test_two_figures_in_each_others_place_are_found(one, place):
    figures = str(one).replace("-", "")[:8]
    assume(figures[place] != figures[place + 1])
    wrong = figures[:place] + figures[place + 1] + figures[place] + figures[place + 2 :]
    assert ticket(f"{wrong[:2]}-{wrong[2:]}-{one.letter}", RUNNING) is None


def test_a_bare_number_is_of_the_running_year():
    assert ticket("123", RUNNING) == Ticket(2569, 123)
    assert ticket("๑๒๓/๖๘", RUNNING) == Ticket(2568, 123)
    assert ticket("123/2568", RUNNING) == Ticket(2568, 123)


@given(st.text(max_size=30))
def test_any_text_is_a_ticket_or_none(text):
    found = ticket(text, RUNNING)
    assert found is None or 1 <= found.number <= MOST
