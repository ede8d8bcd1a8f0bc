"""Names as a tap has room for them."""

from unicodedata import category

TAP = 20  # letters that are read on a tap
JOINING = {"Mn", "Mc", "Me"}  # vowels and tone marks over, under and before which no line is cut


def shortened(name: str) -> str:
    """A name as a tap has room for it, in the way of papers: «กองการศึกษาฯ» for กองการศึกษา ศาสนา และวัฒนธรรม."""
    if _letters(name) <= TAP:
        return name
    kept = name.split(" ")
    while len(kept) > 1 and _letters(" ".join(kept)) >= TAP:
        kept.pop()
    whole = " ".join(kept)
    if _letters(whole) >= TAP:
        return _cut(whole)
    return f"{whole}…" if whole.isascii() else f"{whole}ฯ"


def _cut(word: str) -> str:
    starts = [at for at, letter in enumerate(word) if _begins(letter)]
    return f"{word[: starts[TAP - 1]]}…"


def _letters(text: str) -> int:
    return sum(map(_begins, text))


def _begins(letter: str) -> bool:
    """Whether it is read as a letter of its own; sara am is not."""
    return category(letter) not in JOINING and letter != "ำ"
