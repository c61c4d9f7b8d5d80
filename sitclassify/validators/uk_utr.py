"""UK unique taxpayer reference: ten digits, the first checks the others; a trailing K is allowed.

Weights 6 7 8 9 10 5 4 3 2 over the last nine; 11 - (sum mod 11), of 11 and 10 less 9.
Source: https://en.wikipedia.org/wiki/Unique_Taxpayer_Reference

>>> is_valid("1955839661"), is_valid("19558 39661K")
(True, True)
>>> is_valid("2955839661"), is_valid("195583966"), is_valid("1955839661B")
(False, False, False)
"""

from sitclassify.validators.digits import compact, digits_of, weighted_sum

_WEIGHTS = (6, 7, 8, 9, 10, 5, 4, 3, 2)
_CHECK = "21987654321"  # by the remainder


def is_valid(value: str) -> bool:
    digits = digits_of(compact(value).removesuffix("K"))
    return len(digits) == 10 and digits[0] == _CHECK[weighted_sum(digits[1:], _WEIGHTS) % 11]
