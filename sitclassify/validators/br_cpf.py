"""Brazilian CPF: nine digits and two check digits, weights 10..2 and 11..2 mod 11.

Numbers of eleven equal digits pass the arithmetic but are not issued.
Source: https://pt.wikipedia.org/wiki/Cadastro_de_Pessoas_F%C3%ADsicas

>>> is_valid("390.533.447-05"), is_valid("529 982 247 25")
(True, True)
>>> is_valid("231.002.999-00"), is_valid("111.111.111-11"), is_valid("3905334470")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_FIRST = range(10, 1, -1)
_SECOND = range(11, 1, -1)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 11 or digits == digits[0] * 11:
        return False
    first = -weighted_sum(digits[:9], _FIRST) % 11 % 10
    second = -weighted_sum(digits[:10], _SECOND) % 11 % 10
    return digits[9:] == f"{first}{second}"
