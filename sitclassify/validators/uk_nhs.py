"""Number of the National Health Service (UK): ten digits, weights 10..1, sum divisible by 11.

Source: https://en.wikipedia.org/wiki/NHS_number

>>> is_valid("943 476 5919"), is_valid("401-023-2137")
(True, True)
>>> is_valid("943 476 5918"), is_valid("943476591"), is_valid("0000000000")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 10 or digits == "0000000000":
        return False
    return weighted_sum(digits, range(10, 0, -1)) % 11 == 0
