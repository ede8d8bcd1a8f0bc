"""What everyone may know about an agency."""

from dataclasses import dataclass

from itadomain.frameworks.shape import Name


@dataclass(frozen=True)
class Office:
    """The agency's public face. `particle` is how its bot ends a polite sentence: ค่ะ or ครับ."""

    name: Name
    short: Name
    phone: str = ""
    hours: str = ""
    particle: str = "ค่ะ"
    sample: bool = False
