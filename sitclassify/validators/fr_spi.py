"""French tax number (SPI): 13 digits, the first 0 to 3, the last three the first ten mod 511.

Source: https://ec.europa.eu/taxation_customs/tin/ (France)

>>> is_valid("30 23 217 600 053"), is_valid("3023217600053")
(True, True)
>>> is_valid("30 23 217 600 054"), is_valid("4023217600053"), is_valid("302321760005")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) == 13 and digits[0] in "0123" and int(digits[:10]) % 511 == int(digits[10:])
