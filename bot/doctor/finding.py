"""What an examination finds: a sentence, and what to do where something is wrong. It names no secret and no person."""

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """How bad it is: `warn` works today, `fail` does not."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One check; `agency` is an address, empty where it is about the whole installation."""

    check: str
    result: Result
    says: str
    do: str = ""
    agency: str = ""

    def as_json(self) -> dict[str, str]:
        """As scripts read it."""
        return {
            "check": self.check, "agency": self.agency, "result": str(self.result), "says": self.says, "do": self.do,
        }  # fmt: skip

    def __str__(self) -> str:
        about = f"{self.agency}: {self.check}" if self.agency else self.check
        advice = f"\n      → {self.do}" if self.do else ""
        return f"{self.result:<5} {about}: {self.says}{advice}"


def good(check: str, says: str, do: str = "") -> Finding:
    """Nothing is wrong."""
    return Finding(check, Result.OK, says, do)


def doubtful(check: str, says: str, do: str) -> Finding:
    """It works today."""
    return Finding(check, Result.WARN, says, do)


def bad(check: str, says: str, do: str) -> Finding:
    """It does not work."""
    return Finding(check, Result.FAIL, says, do)
