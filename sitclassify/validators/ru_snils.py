"""Russian pension insurance number (SNILS): nine digits and two that check them.

The check is the sum of 9..1 times the digits mod 101; 100 counts as 0.
Source: https://ru.wikipedia.org/wiki/Страховой_номер_индивидуального_лицевого_счёта

>>> is_valid("112-233-445 95"), is_valid("11223344595")
(True, True)
>>> is_valid("112-233-445 96"), is_valid("112-233-445")
(False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 11 or not digits[:9].strip("0"):
        return False
    return weighted_sum(digits[:9], range(9, 0, -1)) % 101 % 100 == int(digits[9:])
