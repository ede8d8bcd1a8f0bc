"""Which addresses of the internet are everybody's: only such are ever connected to.

An agency's people type where their pages are, and a page may lead on. None of that may reach what lies inside the
network where this runs: other programs of the machine, its neighbours, the services of a provider's cloud.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

#: IANA's special-purpose registry, and what else is nobody's page on the web. Beside what `ipaddress` knows, so that
#: neither an older Python nor a hole in this list opens the door alone.
CLOSED_4 = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",  # private
        "100.64.0.0/10",  # between providers and customers
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # this link; the metadata of clouds
        "192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",  # protocols, documentation
        "192.88.99.0/24",  # relays of 6to4
        "198.18.0.0/15",  # benchmarks
        "224.0.0.0/4", "240.0.0.0/4",  # to many, reserved, to all
        "168.63.129.16/32",  # a provider's own services inside every machine of its cloud
    )
)  # fmt: skip
#: All that is given out so far; whatever lies beyond is none of the web's.
OPEN_6 = ip_network("2000::/3")
CLOSED_6 = tuple(
    ip_network(one)
    for one in (
        "2001::/23",  # protocols; Teredo, which wraps an IPv4 address
        "2001:db8::/32", "3fff::/20",  # documentation
        "2002::/16",  # 6to4, which wraps an IPv4 address
    )
)  # fmt: skip


def is_public(address: str) -> bool:
    """Whether an address, as a name resolves to it, is everybody's; what is no address is not.

    An IPv4 address wrapped in an IPv6 one (mapped, 6to4, Teredo, NAT64) is refused whatever it wraps: no page of the
    web is reached by one.
    """
    try:
        one = ip_address(address)
    except ValueError:
        return False
    return _is_public_4(one) if isinstance(one, IPv4Address) else _is_public_6(one)


def _is_public_4(one: IPv4Address) -> bool:
    return one.is_global and not one.is_multicast and not any(one in net for net in CLOSED_4)


def _is_public_6(one: IPv6Address) -> bool:
    plain = one.scope_id is None and one.ipv4_mapped is None and one in OPEN_6
    return plain and one.is_global and not one.is_multicast and not any(one in net for net in CLOSED_6)
