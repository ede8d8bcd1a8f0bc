"""Messages that the agency's account may send unasked in a month. Answers are free and never counted."""

from dataclasses import dataclass
from fractions import Fraction

#: From this share on somebody should know.
SHORT_FROM = Fraction(4, 5)


@dataclass(frozen=True)
class Allowance:
    """`most` messages a month, None without a limit.

    `used` is what LINE counted when it was asked last, with what was pushed since and what waits to be pushed; it lags
    a little where somebody sends from the account's own page. `for_cases` of those answered citizens about their cases.
    """

    most: int | None
    used: int
    for_cases: int = 0

    @property
    def left(self) -> int | None:
        """Messages that can still be sent this month, None without a limit."""
        return None if self.most is None else max(0, self.most - self.used)

    @property
    def used_up(self) -> bool:
        """Whether nothing can be sent unasked until next month."""
        return self.left == 0

    @property
    def short(self) -> bool:
        """Whether most of the month's messages are used up."""
        return self.most is not None and self.used >= self.most * SHORT_FROM
