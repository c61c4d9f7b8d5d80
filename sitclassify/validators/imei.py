"""International mobile equipment identity: fifteen digits, Luhn.

Source: https://en.wikipedia.org/wiki/International_Mobile_Equipment_Identity

>>> is_valid("49-015420-323751-8"), is_valid("356868000041418")
(True, True)
>>> is_valid("490154203237519"), is_valid("35686800004141"), is_valid("000000000000000")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, luhn_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) == 15 and digits.strip("0") != "" and luhn_sum(digits) % 10 == 0
