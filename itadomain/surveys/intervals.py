"""How far a mean can be off because only some people were asked: its 95 % interval, in closed form, from sums alone.

It is Wilson's score interval (1927), made for shares, for means of any answers on a scale with two ends:

    k = t² · v / n · (1 − n / N)        low, high = (p + k / 2 ∓ √(k · p · (1 − p) + k² / 4)) / (1 + k)

p is the mean as a share of the scale, n how many answered, N how many could be asked (where nobody entered that, or
more answered than it says, the last factor is left out: wider, never narrower), t Student's, and v how much the answers
differ, as a share of the most that they could at this mean: 1 where all are at the ends. In the middle of the scale it
is mean ± t · s / √n. Near the ends, where most means of an assessment lie, that one catches the truth far too seldom:
of 30 answers to a question that 95 of 100 answer well, 78 times of 100, and of thirty equal ones it would claim to know
all.

It covers the chance of who happened to answer and nothing else: not that friends of an account are no random sample.
"""

from decimal import Decimal

from itadomain.surveys.survey import FEWEST, Sums

#: Of a standard normal distribution, 97.5 % lie below this.
NORMAL = Decimal("1.959964")
#: Student's t, 97.5 %, from 4 to 30 degrees of freedom: the table of any textbook (Abramowitz and Stegun, 26.10).
STUDENT = tuple(
    Decimal(one)
    for one in (
        *("2.776", "2.571", "2.447", "2.365", "2.306", "2.262", "2.228", "2.201", "2.179", "2.160", "2.145", "2.131"),
        *("2.120", "2.110", "2.101", "2.093", "2.086", "2.080", "2.074", "2.069", "2.064", "2.060", "2.056", "2.052"),
        *("2.048", "2.045", "2.042"),
    )
)
HUNDRED = (Decimal(0), Decimal(100))
LEAST_FREEDOM = FEWEST - 1


def interval(
    sums: Sums,
    middle: Decimal,
    population: int | None = None,
    scale: tuple[Decimal, Decimal] = HUNDRED,
) -> tuple[Decimal, Decimal]:
    """From where to where the mean `middle` of a scale may lie, for the answers of two people or more.

    Answers that are all equal are taken to differ as if one of them might have been another.
    """
    (least, most), n = scale, Decimal(sums.count)
    own = sums.total / n
    room = (own - least) * (most - own)
    varies = (sums.squares / n - own * own) / room if room > 0 else Decimal(1)
    left = 1 - n / population if population and population >= n else Decimal(1)
    k = student(sums.count - 1) ** 2 * min(max(varies, 1 / n), Decimal(1)) / n * left
    p = min(max((middle - least) / (most - least), Decimal(0)), Decimal(1))
    centre, half = p + k / 2, (k * p * (1 - p) + k * k / 4).sqrt()
    low, high = ((one / (1 + k)) * (most - least) + least for one in (centre - half, centre + half))
    return max(low, least), min(high, most)


def student(freedom: int) -> Decimal:
    """97.5 % of Student's t lie below this.

    Above the table by the first terms of its expansion around the normal (Abramowitz and Stegun, 26.7.5), which is
    exact to four places from there on; below it, its first entry.
    """
    nth = max(freedom - LEAST_FREEDOM, 0)
    if nth < len(STUDENT):
        return STUDENT[nth]
    z, f = NORMAL, Decimal(freedom)
    return z + (z**3 + z) / (4 * f) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * f * f)
