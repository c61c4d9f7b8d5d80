"""South Korean business registration number: ten digits, the last of them checks the others.

Weights 1, 3, 7, 1, 3, 7, 1, 3, 5, and the tens of the last product once more; the complement to 10.
Source: https://ko.wikipedia.org/wiki/사업자등록번호

>>> is_valid("116-82-00276"), is_valid("1168200276")
(True, True)
>>> is_valid("116-82-00277"), is_valid("116-82-0027")
(False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5, 1)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 10 or not digits.strip("0"):
        return False
    return (weighted_sum(digits, _WEIGHTS) + int(digits[8]) * 5 // 10) % 10 == 0
