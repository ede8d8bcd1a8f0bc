"""Who receives disclosures: each change of such a post is written down and told to the others who receive them.

So nobody, and no administrator, becomes a receiver unseen.
"""

from collections.abc import Sequence
from datetime import datetime

from itadomain.audit_log import Deed, Happened
from itadomain.people import Person, Post, Role
from itadomain.ports import Store
from itadomain.posts import standing


def written_down(store: Store, before: Person, after: Person, by: str, at: datetime) -> Sequence[Person]:
    """Note where somebody's post as a receiver has changed; gives the other receivers, nobody where it has not."""
    today = at.date()
    if _receiving(before.posts) == _receiving(after.posts):
        return ()
    had, has = (bool(_receiving(standing(one, today))) for one in (before, after))
    what = "changed" if had and has else "given" if has else "taken"
    store.audit_log.add(Happened(Deed.APPOINTED, at, by, after.id, {"post": what}))
    return [one for one in store.people.with_role(Role.INTEGRITY, today) if one.id not in {after.id, by}]


def _receiving(posts: Sequence[Post]) -> Sequence[Post]:
    return [one for one in posts if one.role is Role.INTEGRITY]
