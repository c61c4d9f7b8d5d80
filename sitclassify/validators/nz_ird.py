"""New Zealand IRD number: eight or nine digits in the issued range, mod 11 check digit.

Weights 3-2-7-6-5-4-3-2; where they give 10, weights 7-4-3-2-5-2-7-6.
Source: https://www.ird.govt.nz/-/media/Project/IR/PDF/2020RWTNRWTSpecificationDocumentv10.pdf

>>> is_valid("4909185-0"), is_valid("49-098-576"), is_valid("136410132")
(True, True, True)
>>> is_valid("136410133"), is_valid("9125568"), is_valid("150000001")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_PRIMARY = (3, 2, 7, 6, 5, 4, 3, 2)
_SECONDARY = (7, 4, 3, 2, 5, 2, 7, 6)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) not in (8, 9) or not 10_000_000 < int(digits) < 150_000_000:
        return False
    body = digits[:-1].zfill(8)
    check = -weighted_sum(body, _PRIMARY) % 11
    if check == 10:
        check = -weighted_sum(body, _SECONDARY) % 11
    return check == int(digits[-1])
