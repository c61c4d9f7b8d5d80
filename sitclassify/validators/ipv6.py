"""IPv6 address, with `::` and a dotted IPv4 tail; brackets and a zone (`%eth0`) are allowed.

Source: https://datatracker.ietf.org/doc/html/rfc4291#section-2.2

>>> is_valid("2001:db8::8a2e:370:7334"), is_valid("[fe80::1%eth0]"), is_valid("::ffff:203.0.113.7")
(True, True, True)
>>> is_valid("2001:db8::8a2e::7334"), is_valid("12:34:56"), is_valid("::203.0.113.256")
(False, False, False)
"""

import re

from sitclassify.validators import ipv4

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_SHAPE = re.compile(r"([0-9A-Fa-f:]+)((?<=:)[0-9.]+\.[0-9]+)?(?:%[0-9A-Za-z._~-]{1,32})?")
_GROUP = re.compile("[0-9A-Fa-f]{1,4}")


def is_valid(value: str) -> bool:
    match = _SHAPE.fullmatch(value.strip().removeprefix("[").removesuffix("]"))
    if not match:
        return False
    head, tail = match.groups()
    if tail:
        if not ipv4.is_valid(tail):
            return False
        head += "0:0"
    before, gap, after = head.partition("::")
    groups = [*(before.split(":") if before else ()), *(after.split(":") if after else ())]
    if not all(map(_GROUP.fullmatch, groups)):
        return False
    return len(groups) <= 7 if gap else len(groups) == 8
