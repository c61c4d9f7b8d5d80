"""MAC address: six pairs with `:` or `-`, three groups of four with `.`, or twelve hex digits.

All zeros and the broadcast address name no device.
Source: https://en.wikipedia.org/wiki/MAC_address

>>> is_valid("00:1B:44:11:3A:B7"), is_valid("00-1b-44-11-3a-b7"), is_valid("001b.4411.3ab7")
(True, True, True)
>>> is_valid("00:1B:44:11:3A"), is_valid("00:1B-44:11:3A:B7"), is_valid("ff:ff:ff:ff:ff:ff")
(False, False, False)
"""

import re

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_ADDRESS = re.compile(
    r"""(?x)
      (?: [0-9A-Fa-f]{2} : ){5} [0-9A-Fa-f]{2}
    | (?: [0-9A-Fa-f]{2} - ){5} [0-9A-Fa-f]{2}
    | (?: [0-9A-Fa-f]{4} \. ){2} [0-9A-Fa-f]{4}
    | [0-9A-Fa-f]{12}
    """
)
_SEPARATORS = str.maketrans("", "", ":-.")
_NO_DEVICE = ("000000000000", "ffffffffffff")


def is_valid(value: str) -> bool:
    text = value.strip()
    if not _ADDRESS.fullmatch(text):
        return False
    return text.translate(_SEPARATORS).lower() not in _NO_DEVICE
