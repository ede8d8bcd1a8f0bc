"""What stands beside the words of a broadcast: taps that put it there, and that take it out again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from handlers.broadcasting.broadcast_draft import Draft
from handlers.kit import Answer, Words, words

PREVIEW, TITLE, PICTURE, BUTTON, ANEW, WHOM = "preview", "title", "picture", "button", "anew", "whom"
NO_TITLE, NO_PICTURE, NO_BUTTON, AT_ONCE = "no_title", "no_picture", "no_button", "at_once"
CHANGES: Mapping[str, Callable[[Draft], Draft]] = {
    NO_TITLE: lambda draft: replace(draft, title=""),
    NO_PICTURE: lambda draft: replace(draft, picture=""),
    NO_BUTTON: lambda draft: replace(draft, button="", link=""),
    AT_ONCE: Draft.at_once,
    ANEW: lambda draft: replace(draft, parts=[]),
    WHOM: lambda draft: replace(draft, reach="", of=""),
}
HAS = {
    TITLE: words("broadcast.has_title"),
    PICTURE: words("broadcast.has_picture"),
    BUTTON: words("broadcast.has_button"),
}
LABELS = {
    PREVIEW: words("broadcast.tap_preview"),
    TITLE: words("broadcast.tap_title"),
    PICTURE: words("broadcast.tap_picture"),
    BUTTON: words("broadcast.tap_button"),
    NO_TITLE: words("broadcast.tap_no_title"),
    NO_PICTURE: words("broadcast.tap_no_picture"),
    NO_BUTTON: words("broadcast.tap_no_button"),
    AT_ONCE: words("broadcast.tap_at_once"),
    ANEW: words("broadcast.tap_anew"),
    WHOM: words("broadcast.tap_whom"),
}


def has_beside(draft: Draft) -> Sequence[Words]:
    """What stands beside the words already: nobody should have to wonder whether a photo came."""
    there = {TITLE: draft.title, PICTURE: draft.picture, BUTTON: draft.button}
    return [HAS[what] for what, has in there.items() if has]


def beside(draft: Draft) -> Sequence[Answer]:
    """What can be done beside writing; what is not there is not taken out."""
    offered = {
        PREVIEW: bool(draft.parts), TITLE: True, PICTURE: True, BUTTON: True,
        NO_TITLE: bool(draft.title), NO_PICTURE: bool(draft.picture), NO_BUTTON: bool(draft.button),
        AT_ONCE: bool(draft.hour), ANEW: bool(draft.parts), WHOM: True,
    }  # fmt: skip
    return [Answer(LABELS[what], what) for what, there in offered.items() if there]
