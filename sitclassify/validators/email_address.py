"""E-mail address: local part without stray dots, domain of proper labels, a top level of letters.

Letters of any script are allowed. `icon@2x.png` and the like are names of files, not addresses.
Sources: https://datatracker.ietf.org/doc/html/rfc5321#section-4.1.2, .../rfc6531

>>> is_valid("jane.doe+list@mail.example.com"), is_valid("müller@bücher.example")
(True, True)
>>> is_valid("jane..doe@example.com"), is_valid("jane@example"), is_valid("jane@-example.com")
(False, False, False)
>>> is_valid("logo@2x.png"), is_valid("jane@example.com.")
(False, False)
"""

import re

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_ADDRESS = re.compile(
    r"""(?x)
    (?P<local> [\w!#$%&'*+/=?^`{|}~-]+ (?: \. [\w!#$%&'*+/=?^`{|}~-]+ )* ) @
    (?: [^\W_] (?: [^\W_] | - ){0,62} (?<!-) \. ){1,10}
    (?P<top> [^\W\d_]{2,63} | xn--[0-9A-Za-z-]{1,59} )
    """
)
_MAX_LOCAL, _MAX_ADDRESS = 64, 254  # characters
# Endings of files that are no top-level domains.
_LISTED = "bmp css gif html ico jpeg jpg js json png svg txt webp xml yaml yml"
_FILES = frozenset(_LISTED.split())


def is_valid(value: str) -> bool:
    if len(value) > _MAX_ADDRESS:
        return False
    match = _ADDRESS.fullmatch(value)
    if not match or len(match["local"]) > _MAX_LOCAL:
        return False
    return match["top"].lower() not in _FILES
