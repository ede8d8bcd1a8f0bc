"""Opening a disclosure with its own key, as far as it came: kept, or still in the box."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.storage import disclosure_contents as contents
from bot.storage.disclosure_box import Added, Fresh
from bot.storage.disclosure_keys import OwnKey
from bot.storage.disclosure_rows import Around
from bot.storage.disclosure_tables import DisclosureRow, standing_of
from itadomain.integrity.disclosure import Disclosure, Standing, Way


def opened(row: DisclosureRow, around: Around, key: OwnKey) -> Disclosure:
    """One that is kept."""
    lines = [
        contents.line_again(key.open(one.said, "said", one.id), date.fromisoformat(one.said_on)) for one in around.lines
    ]
    files = [contents.file_again(key.open(one.facts, "facts", one.id)) for one in around.files]
    return Disclosure(
        id=row.id,
        standing=standing_of(row),
        identity=contents.identity_again(key.open(row.identity, "identity")),
        talk=tuple(lines),
        files=tuple(files),
        readers=around.readers,
        **contents.told_again(key.open(row.told, "told")),
    )


def waiting(key: OwnKey, holds: Sequence[Fresh | Added]) -> Disclosure:
    """One that waits in the box."""
    new = next(one for one in holds if isinstance(one, Fresh))
    told = contents.told_again(key.open(new.told, "told"))
    readers = frozenset(wrap.person for wrap in new.wraps)
    return Disclosure("", Standing(Way(new.way), date.min), readers=readers, delivered=False, **told)


def with_more(found: Disclosure, key: OwnKey, added: Added) -> Disclosure:
    """The same with what waits in the box for it; its day will be that of the round."""
    if added.line:
        said = key.open(added.line.sealed, "said", added.line.id)
        found = found.saying(contents.line_again(said, found.standing.filed_on))
    if added.file:
        facts = key.open(added.file.sealed, "facts", added.file.id)
        found = replace(found, files=(*found.files, contents.file_again(facts)))
    return found
