"""The rule of public addresses: what is everybody's is reached, nothing that lies inside is, however it is spelled."""

import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.publishing.outside import resolve
from bot.publishing.public import CLOSED_4, is_public

PUBLIC = [
    "93.184.216.34",
    "1.1.1.1",
    "203.150.1.1",
    "110.164.0.1",
    "2606:4700::1111",
    "2405:9800::1",
    "2001:4860:4860::8888",
]
INSIDE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.100.100.200", "100.127.255.255", "192.0.0.192", "192.0.2.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "192.88.99.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1",
    "::ffff:127.0.0.1", "::ffff:93.184.216.34", "::127.0.0.1", "::93.184.216.34",
    "64:ff9b::7f00:1", "64:ff9b::5db8:d822", "64:ff9b:1::1", "2002:7f00:1::", "2002:5db8:d822::1", "2001::1", "2001:0:5db8:d822::1",
    "100::1", "5f00::1", "4000::1", "2606:4700::1111%1",
    "", "localhost", "1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "1.1.1.1 ", "１.1.1.1", "1.1.1.1.1", "[::1]",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_everybodys_is_reached(address):
    assert is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_everybodys_is_not(address):
    assert not is_public(address)


@given(st.ip_addresses())
@example(ipaddress.ip_address("168.63.129.16"))
def test_nothing_is_reached_that_the_standard_library_knows_as_not_global(one):
    """Its word is one of two: what it holds for private, for many or reserved never passes."""
    if is_public(str(one)):
        assert one.is_global
        assert not any((one.is_private, one.is_loopback, one.is_link_local, one.is_multicast, one.is_reserved))


@given(st.sampled_from(CLOSED_4).flatmap(lambda net: st.ip_addresses(v=4, network=net)))
def test_no_address_of_a_closed_network_passes_plain_or_wrapped(one):
    figures = f"{int(one) >> 16:x}:{int(one) & 0xFFFF:x}"
    for said in (str(one), f"::ffff:{one}", f"::{one}", f"64:ff9b::{figures}", f"2002:{figures}::1"):
        assert not is_public(said)


@given(st.ip_addresses(v=4).filter(lambda one: one.is_global and not one.is_multicast))
def test_an_address_that_is_wrapped_never_passes_even_where_it_would_alone(one):
    figures = f"{int(one) >> 16:x}:{int(one) & 0xFFFF:x}"
    assert not any(is_public(said) for said in (f"::ffff:{one}", f"64:ff9b::{figures}", f"2002:{figures}::1"))


@given(st.text(max_size=40))
def test_what_is_no_address_does_not_pass(said):
    try:
        ipaddress.ip_address(said)
    except ValueError:
        assert not is_public(said)


def test_the_names_of_this_machine_lead_to_none():
    found = resolve("localhost", 80)
    assert found
    assert not any(map(is_public, found))
