"""Luxembourg number of a person: birth date YYYYMMDD, serial, two check digits.

The twelfth digit is Luhn's, the thirteenth Verhoeff's; each is over the first eleven.
Source: https://ec.europa.eu/taxation_customs/tin/ (Luxembourg)

>>> is_valid("1893120105732"), is_valid("1893 12 01 05732")
(True, True)
>>> is_valid("1893120105731"), is_valid("1893130105732"), is_valid("189312010573")
(False, False, False)
"""

from sitclassify.validators.dates import is_date
from sitclassify.validators.digits import digits_of, luhn_sum, verhoeff_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 13 or not is_date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])):
        return False
    return luhn_sum(digits[:12]) % 10 == 0 and verhoeff_sum(digits[:11] + digits[12]) == 0
