"""What a person cannot do without is marked so on its way to the outbox, which tells it again where it may be lost."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.letters import Letters
from bot.line.events import Heard, Kind
from bot.texts import Texts
from bot.turns import Taken
from handlers.kit import say
from tests.fakes import an_office


class Channels:
    """One agency's."""

    def by_id(self, agency_id):
        return SimpleNamespace(office=an_office())


@pytest.mark.parametrize("needed", [True, False])
def test_the_mark_of_a_reply_is_that_of_its_letter(needed):
    event = SimpleNamespace(agency_id=1, received_at=5)
    heard = Heard(Kind.TEXT, user_id="U1", reply_token="token")
    taken = Taken(replace(say("help.menu"), needed=needed), "th")
    (letter,) = Letters(Texts(), Channels()).answer(event, heard, taken)
    assert (letter.needed, letter.token_at, letter.reply_token) == (needed, 5, "token")
