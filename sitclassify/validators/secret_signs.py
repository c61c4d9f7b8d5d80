"""Whether a text under a label for secrets has as many kinds of signs as only a generated password has.

Brackets that nest belong to code, templates and expressions; those of a password do not.

>>> is_valid("k{9}#o)p$w[x"), is_valid("aq}W!4#m@?~z")
(True, True)
>>> is_valid("${vault.path}"), is_valid("a[b](c)"), is_valid("#!/bin/sh"), is_valid("^[A-Z]+$")
(False, False, False, False)
"""

from __future__ import annotations

import re

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_SIGN = re.compile(r"""[^\w\s.,:;'"/\\-]""")
_LEAST = 4  # different signs
_PAIRS = {")": "(", "]": "[", "}": "{"}


def is_valid(value: str) -> bool:
    """Whether `value` has four different signs, and brackets that do not nest or none."""
    return len(set(_SIGN.findall(value))) >= _LEAST and not _nests(value)


def _nests(value: str) -> bool:
    """Whether there are brackets, and each closes the last that was opened."""
    opened: list[str] = []
    has_bracket = False
    for char in value:
        if char in _PAIRS.values():
            opened.append(char)
        elif char in _PAIRS:
            has_bracket = True
            if not opened or opened.pop() != _PAIRS[char]:
                return False
    return has_bracket and not opened
