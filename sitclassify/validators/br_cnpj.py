"""Brazilian CNPJ: twelve places and two check digits.

Weights 5-4-3-2-9..2, then 6-5-4-3-2-9..2, mod 11. Since July 2026 the twelve places may be letters
too; a character counts its ASCII code less 48.
Sources: https://pt.wikipedia.org/wiki/Cadastro_Nacional_da_Pessoa_Jur%C3%ADdica,
https://www.serpro.gov.br/menu/noticias/videos/calculodvcnpjalfanaumerico.pdf

>>> is_valid("16.727.230/0001-97"), is_valid("12.ABC.345/01DE-35")
(True, True)
>>> is_valid("16.727.230/0001-98"), is_valid("00000000000000"), is_valid("1672723000019")
(False, False, False)
"""

from operator import mul

from sitclassify.validators.digits import compact

_FIRST = (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
_SECOND = (6, *_FIRST)
_ZERO = 48  # ASCII code of 0


def is_valid(value: str) -> bool:
    text = compact(value)
    if len(text) != 14 or not text[12:].isdigit() or text.startswith("0" * 12):
        return False
    codes = text.encode("ascii")
    return _check(codes, _FIRST) == codes[12] and _check(codes, _SECOND) == codes[13]


def _check(codes: bytes, weights: tuple[int, ...]) -> int:
    """ASCII code of the check digit."""
    total: int = sum(map(mul, codes, weights)) - _ZERO * sum(weights)
    return _ZERO + -total % 11 % 10
