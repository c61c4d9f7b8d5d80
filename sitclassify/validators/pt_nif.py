"""Portuguese tax number (NIF): nine digits, perhaps after PT, prefix in use, weights 9..2 mod 11.

Source: https://pt.wikipedia.org/wiki/N%C3%BAmero_de_identifica%C3%A7%C3%A3o_fiscal

>>> is_valid("501 964 843"), is_valid("PT 501964843")
(True, True)
>>> is_valid("501964842"), is_valid("400000008"), is_valid("50196484")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact, weighted_sum

_NUMBER = re.compile("(?:PT)?((?:[1-35689][0-9]|45|7[0-24-57-9])[0-9]{7})")
_WEIGHTS = range(9, 1, -1)


def is_valid(value: str) -> bool:
    match = _NUMBER.fullmatch(compact(value))
    if not match:
        return False
    digits = match[1]
    return -weighted_sum(digits, _WEIGHTS) % 11 % 10 == int(digits[8])
