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
    site: str = ""  # the address under which the service is reached; empty where it has none
    form: str = ""  # the address of its form outside LINE, for what is told of corruption; empty where there is none

    @property
    def dial(self) -> str:
        """What a telephone dials for `phone`."""
        return dialled(self.phone)


def dialled(phone: str) -> str:
    """What a telephone dials for a number as people write it: no spaces, no extension; empty where none is told."""
    number = "".join(sign for sign in phone.split("ต่อ", maxsplit=1)[0] if sign.isdecimal() or sign == "+")
    return "".join(sign if sign == "+" else str(int(sign)) for sign in number)
