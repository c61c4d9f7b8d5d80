"""Canadian social insurance number: nine digits, not beginning with 0 or 8, Luhn.

Source: https://en.wikipedia.org/wiki/Social_insurance_number

>>> is_valid("130 692 544"), is_valid("193-456-787")
(True, True)
>>> is_valid("130 692 545"), is_valid("046 454 286"), is_valid("800000002")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, luhn_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) == 9 and digits[0] not in "08" and luhn_sum(digits) % 10 == 0
