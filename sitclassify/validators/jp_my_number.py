"""Japanese individual number (My Number): twelve digits, weights 6-5-4-3-2-7-6-5-4-3-2 mod 11.

Source: https://ja.wikipedia.org/wiki/%E5%80%8B%E4%BA%BA%E7%95%AA%E5%8F%B7

>>> is_valid("6214 9832 0257"), is_valid("123456789018")
(True, True)
>>> is_valid("6214 9832 0258"), is_valid("000000000000"), is_valid("62149832025")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 12 or digits == "000000000000":
        return False
    return -weighted_sum(digits, _WEIGHTS) % 11 % 10 == int(digits[11])
