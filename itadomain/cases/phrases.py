"""What officers most often write to reporters: how many ready sentences there are for each move.

Their words are texts like any other; what is sent becomes part of the case as it was read, whatever they say later.
"""

from collections.abc import Sequence

from itadomain.cases.moves import Move

ANSWER = "answer"
#: So many for each.
READY = 3
WITH_WORDS = frozenset({Move.ASK, Move.DEFER, Move.RESOLVE, Move.REFUSE})


def phrases(move: Move | None) -> Sequence[str]:
    """The keys of what is offered for a move, or for an answer without one."""
    if move is not None and move not in WITH_WORDS:
        return []
    return [f"phrase.{move or ANSWER}_{no}" for no in range(1, READY + 1)]
