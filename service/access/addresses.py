"""Which network addresses a stranger's URL may lead to."""

from __future__ import annotations

import ipaddress


def public(address: str) -> bool:
    """Return whether an IP address is one of the open internet: not this machine's, not a private network's.

    IPv6 addresses that carry an IPv4 one (mapped, 6to4, Teredo, NAT64) are not: they may lead anywhere.

    >>> public("93.184.216.34"), public("10.1.2.3"), public("::ffff:127.0.0.1"), public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if parsed.is_multicast or parsed.is_reserved or not parsed.is_global:
        return False
    return not (isinstance(parsed, ipaddress.IPv6Address) and (parsed.sixtofour or parsed.teredo))


def is_address(host: str) -> bool:
    """Return whether a URL's host is an IP address rather than a name.

    >>> is_address("::1"), is_address("example.org")
    (True, False)
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
