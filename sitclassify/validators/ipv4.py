"""IPv4 address: four numbers 0 to 255, without leading zeros.

Source: https://datatracker.ietf.org/doc/html/rfc3986#section-3.2.2

>>> is_valid("203.0.113.7"), is_valid("255.255.255.255")
(True, True)
>>> is_valid("203.0.113.256"), is_valid("203.0.113.07"), is_valid("1.2.3.4.5")
(False, False, False)
"""

import re

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_ADDRESS = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")


def is_valid(value: str) -> bool:
    return _ADDRESS.fullmatch(value.strip()) is not None
