"""Ready sentences for officers: polite, whole, and short enough to be sent."""

import pytest

from bot.texts import Texts
from itadomain.cases.case import LONGEST_LINE
from itadomain.cases.moves import Move
from itadomain.cases.phrases import WITH_WORDS, phrases

TEXTS = Texts()


@pytest.mark.parametrize("move", [None, *sorted(WITH_WORDS)])
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_ready_sentence_can_be_sent_as_it_is(move, language):
    offered = [TEXTS.words[language][key] for key in phrases(move)]
    assert len(set(offered)) == 3
    assert all("{polite}" in one and len(one) <= LONGEST_LINE for one in offered)


def test_a_move_without_words_has_none():
    assert phrases(Move.ACCEPT) == []
