"""Polish tax number (NIP): ten digits, PL allowed before them, weights 6-5-7-2-3-4-5-6-7 mod 11.

Source: https://pl.wikipedia.org/wiki/Numer_identyfikacji_podatkowej

>>> is_valid("856-734-62-15"), is_valid("PL 8567346215")
(True, True)
>>> is_valid("856-734-62-16"), is_valid("0000000000"), is_valid("856734621")
(False, False, False)
"""

from sitclassify.validators.digits import compact, weighted_sum

_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7, -1)


def is_valid(value: str) -> bool:
    digits = compact(value).removeprefix("PL")
    if len(digits) != 10 or not digits.isdigit() or digits == "0000000000":
        return False
    return weighted_sum(digits, _WEIGHTS) % 11 == 0
