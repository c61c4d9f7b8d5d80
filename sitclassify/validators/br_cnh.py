"""Brazilian driver's licence (CNH): nine digits and two check digits.

The first is the sum of 9..1 times the digits mod 11, the second that of 1..9; 10 counts as 0, and where the
first was 10 the second is lowered by 2.
Source: https://siga0984.wordpress.com/2019/05/01/algoritmos-validacao-de-cnh/

>>> is_valid("62472927637"), is_valid("624729276-37")
(True, True)
>>> is_valid("62472927638"), is_valid("6247292763"), is_valid("11111111111")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    first = weighted_sum(digits[:9], range(9, 0, -1)) % 11
    second = weighted_sum(digits[:9], range(1, 10)) % 11
    second = 0 if second == 10 else (second - 2) % 11 if first == 10 else second
    return int(digits[9]) == first % 10 and int(digits[10]) == second
