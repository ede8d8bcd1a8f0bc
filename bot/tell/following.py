"""What a receipt code opens: where the disclosure stands, what was answered and asked, and room to say more.

A wrong code, one of another agency, and what is no code at all are answered alike. Only those are counted: eighty bits
are not guessed, and a limit on right codes would let one stranger keep every reporter out.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.tell.buckets import Buckets, Kind
from bot.tell.filled import Fields, clean
from bot.tell.page import Page
from handlers.kit import Words, words
from itadomain.cases.case import LONGEST_LINE, Voice
from itadomain.integrity.coach import sufficiency
from itadomain.integrity.disclosure import MOST_FILES, OPEN, Disclosure, File, More, Outcome, State
from itadomain.integrity.filing import add
from itadomain.integrity.outside import bodies
from itadomain.integrity.promising import promise
from itadomain.integrity.receipts import code_in, printed
from itadomain.integrity.stages import may_be_reopened
from itadomain.integrity.working import readers
from itadomain.ports import Store
from itadomain.refusals import Refusal

STATES = {
    State.NEW: "tell.state_new",
    State.ACCEPTED: "tell.state_accepted",
    State.INQUIRY: "tell.state_inquiry",
    State.WAITING: "tell.state_waiting",
    State.CLOSED: "tell.state_closed",
}
OUTCOMES = {
    Outcome.SUBSTANTIATED: "tell.outcome_substantiated",
    Outcome.UNSUBSTANTIATED: "tell.outcome_unsubstantiated",
    Outcome.INSUFFICIENT: "tell.outcome_insufficient",
    Outcome.BEYOND: "tell.outcome_beyond",
}


class Following:
    """Opens disclosures by their codes, and leaves more for them."""

    def __init__(self, buckets: Buckets) -> None:
        self._buckets = buckets

    def pressed(self, store: Store, slug: str, form: Fields, go: str, today: date) -> Page:
        """What comes after a button of the page that a code opens."""
        if go == "enter" or (go == "again" and form.get("page", "") == "enter"):
            return self.entering(form)
        code = code_in(form.get("code", ""))
        found = store.disclosures.by_code(code) if code else None
        if found is None:
            return self.nothing(slug, form)
        if go in {"add", "disagree"}:
            return self._more(store, slug, code, found, form, today, reopens=go == "disagree")
        if form.get("page", "") == "done" and go == "again":
            return received(store, code)
        return keeping(self.standing(store, code, today), form)

    @staticmethod
    def entering(form: Fields) -> Page:
        """The page that asks for the code."""
        return Page("enter", {"code": form.get("code", "")}, [("lang", form.get("lang", "th"))])

    def nothing(self, slug: str, form: Fields) -> Page:
        """A code that opens nothing, whatever is wrong with it."""
        if self._buckets.takes(Kind.WRONG_CODE, slug):
            return self.entering(form).wrong(("code", words("tell.no_such_code")), status=404)
        return Page("again", {"why": "tell.too_many_now"}, status=429)

    def standing(self, store: Store, code: str, today: date, *, good: Words | None = None) -> Page:
        """Where it stands, as its reporter may see it."""
        found = store.disclosures.by_code(code)
        if found is None:
            raise LookupError("it was there a moment ago")
        shown = _shown(store, found, today) | {"code": code, "printed": printed(code)}
        return Page("follow", shown, [("lang", ""), ("code", code)], good=good)

    def may_send(self, store: Store, slug: str, code: str, today: date) -> Page | None:
        """Why one more file cannot be taken; None where it can."""
        found = store.disclosures.by_code(code)
        if found is not None and len(found.files) >= MOST_FILES:
            return self.standing(store, code, today).wrong(("", words("tell.enough_files", most=MOST_FILES)))
        return None if self._buckets.takes(Kind.FILE, slug) else Page("again", {"why": "tell.too_many_now"}, status=429)

    def _more(
        self, store: Store, slug: str, code: str, found: Disclosure, form: Fields, today: date, *, reopens: bool
    ) -> Page:
        """Words that are added; the same once more, with no answer in between, are those that are there."""
        field, other = ("disagree", "more") if reopens else ("more", "disagree")
        said, left = clean(form.get(field, "")), clean(form.get(other, ""))
        page = keeping(self.standing(store, code, today), form)
        if not said or len(said) > LONGEST_LINE:
            return page.wrong(
                (field, words("tell.too_long", most=LONGEST_LINE) if said else words("tell.write_something"))
            )
        if reopens and not may_be_reopened(found.standing, today):
            return replace(page, facts={**page.facts, "more": said}).wrong(("more", words("tell.not_reopened")))
        if said not in _unanswered(found):
            if not self._buckets.takes(Kind.MORE, slug):
                return Page("again", {"why": "tell.too_many_now"}, status=429)
            try:
                add(store, code, More(said, reopens=reopens))
            except Refusal as no:
                return page.wrong((field, Words(no.key, no.facts)))
        carried = [("lang", ""), ("code", code), *([(other, left)] if left else [])]
        return Page("added", {}, carried, good=words("tell.added"))


def received(store: Store, code: str, *, changed: bool = False) -> Page:
    """The receipt. `changed` where another form was sent under the same code before."""
    facts = {"printed": printed(code), "changed": changed, "promise": promise(store.settings)}
    return Page("done", facts, [("lang", ""), ("code", code)])


def attach(store: Store, code: str, file: File) -> None:
    """Leave a file that is kept for the disclosure of a code."""
    add(store, code, More(file=file))


def keeping(page: Page, form: Fields) -> Page:
    """The same page with what was typed into it and not sent yet."""
    return replace(page, facts={**page.facts, **{name: clean(form.get(name, "")) for name in ("more", "disagree")}})


def _unanswered(found: Disclosure) -> Sequence[str]:
    """What its reporter said since the last answer."""
    said = [one.words if one.voice is Voice.REPORTER else "" for one in found.talk]
    last = max((at for at, one in enumerate(found.talk, 1) if one.voice is Voice.AGENCY), default=0)
    return said[last:]


def _shown(store: Store, found: Disclosure, today: date) -> dict[str, Any]:
    standing = found.standing
    talk = [one for one in found.talk if one.voice in {Voice.REPORTER, Voice.AGENCY}]
    answered = standing.state is State.WAITING and not found.answer_wanted
    reading = readers(store, found, today)
    outside = not reading or standing.outcome in {Outcome.BEYOND, Outcome.INSUFFICIENT}
    return {
        "found": found,
        "reading": len(reading),
        "state": STATES[standing.state] if found.delivered and not answered else "tell.state_box",
        "outcome": OUTCOMES[standing.outcome] if standing.outcome else "",
        "beyond": bodies(store.settings) if outside else (),
        "filed": standing.filed_on if found.delivered else None,
        "due": standing.due if standing.state in OPEN else None,
        "talk": [(one.voice is Voice.AGENCY, one.words, one.on if one.on.year > 1 else None) for one in talk],
        "told": [(part, said) for part, said in found.told.items() if said],
        "meter": sufficiency(found.told),
        "asked": found.answer_wanted,
        "may_disagree": standing.state is State.CLOSED and may_be_reopened(standing, today),
        "files_left": MOST_FILES - len(found.files),
        "promise": promise(store.settings),
    }
