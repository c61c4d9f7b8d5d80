"""Australian company number: nine digits, weights 8..1 and 1, sum divisible by 10.

Source: https://asic.gov.au/for-business/registering-a-company/australian-company-number-digit-check/

>>> is_valid("004 085 616"), is_valid("010-499-966")
(True, True)
>>> is_valid("004 085 617"), is_valid("000000000"), is_valid("00408561")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1, 1)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 9 or digits == "000000000":
        return False
    return weighted_sum(digits, _WEIGHTS) % 10 == 0
