"""Kazakh individual identification number (IIN): date of birth, century, four digits, check digit.

Weights 1..11 mod 11; where that is 10, weights 3..11, 1, 2; where that is 10 too, the number is not given out.
Source: https://ru.wikipedia.org/wiki/Индивидуальный_идентификационный_номер

>>> is_valid("850101300134"), is_valid("850101300131"), is_valid("851301300134")
(True, False, False)
"""

from sitclassify.validators.dates import is_short_date
from sitclassify.validators.digits import digits_of, weighted_sum

_FIRST = range(1, 12)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 12 or digits[6] > "6" or not is_short_date(digits[:6]):
        return False
    check = weighted_sum(digits[:11], _FIRST) % 11
    if check == 10:
        check = weighted_sum(digits[:11], _SECOND) % 11
    return check == int(digits[11])
