"""How long to wait before trying again."""

import random


def backoff(attempts: int) -> int:
    """Milliseconds before the next attempt: doubling from half a second, with jitter."""
    return int(min(300_000, 500 * 2**attempts) * random.uniform(0.5, 1.5))  # noqa: S311 - no secret hangs on it
