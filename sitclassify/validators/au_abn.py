"""Australian business number: eleven digits, 1 off the first, weights 10-1-3-5-..-19 mod 89.

Source: https://abr.business.gov.au/Help/AbnFormat

>>> is_valid("83 914 571 673"), is_valid("51824753556")
(True, True)
>>> is_valid("99 999 999 999"), is_valid("08 914 571 673"), is_valid("8391457167")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 11 or digits[:2] < "11":
        return False
    return (weighted_sum(digits, _WEIGHTS) - _WEIGHTS[0]) % 89 == 0
