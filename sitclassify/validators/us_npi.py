"""US national provider identifier: ten digits that begin with 1 or 2, Luhn with the prefix 80840.

Source: https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand

>>> is_valid("1234567893"), is_valid("1245319599")
(True, True)
>>> is_valid("1234567894"), is_valid("3234567891"), is_valid("123456789")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, luhn_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) == 10 and digits[0] in "12" and luhn_sum("80840" + digits) % 10 == 0
