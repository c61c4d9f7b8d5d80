"""Spanish DNI (eight digits), NIE (X, Y, Z and seven) or NIF (K, L, M and seven) with its letter.

The letter is the number mod 23; X, Y, Z count 0, 1, 2 before the digits, K, L, M do not count.
Source: https://es.wikipedia.org/wiki/N%C3%BAmero_de_identificaci%C3%B3n_fiscal

>>> is_valid("54362315-K"), is_valid("x-2482300w"), is_valid("12345678Z")
(True, True, True)
>>> is_valid("54362315Z"), is_valid("X2482300A"), is_valid("5436231K")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact

_NUMBER = re.compile("([0-9XYZKLM][0-9]{7})([A-Z])")
_FIRST = str.maketrans("XYZKLM", "012000")
_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def is_valid(value: str) -> bool:
    match = _NUMBER.fullmatch(compact(value))
    return match is not None and _LETTERS[int(match[1].translate(_FIRST)) % 23] == match[2]
