"""Brazilian voter's number: eight digits, two of the state (01 to 28) and two check digits.

The first is the sum of 2..9 times the eight mod 11; the second that of 7, 8, 9 times the state and the first.
10 counts as 0; in Sao Paulo and Minas Gerais (01, 02) 0 counts as 1.
Source: https://pt.wikipedia.org/wiki/T%C3%ADtulo_eleitoral

>>> is_valid("102385010671"), is_valid("1023 8501 0671")
(True, True)
>>> is_valid("102385010672"), is_valid("102385012971"), is_valid("10238501067")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_LAST_STATE = 28
_SPECIAL = ("01", "02")


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 12 or not 1 <= int(digits[8:10]) <= _LAST_STATE:
        return False
    state = digits[8:10]
    first = _check(weighted_sum(digits[:8], range(2, 10)), state)
    second = _check(weighted_sum(state + first, (7, 8, 9)), state)
    return digits[10:] == first + second


def _check(total: int, state: str) -> str:
    remainder = total % 11
    if remainder == 0 and state in _SPECIAL:
        return "1"
    return str(remainder % 10)
