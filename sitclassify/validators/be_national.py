"""Belgian national number: birth date, serial, 97 - (first nine digits mod 97).

For births from 2000 a 2 is put before the nine digits. The month is 00 where it is not known, and
20 or 40 more in numbers of persons who are not in the register (BIS).
Source: https://nl.wikipedia.org/wiki/Rijksregisternummer

>>> is_valid("85.07.30-033 28"), is_valid("17 07 30 033 84"), is_valid("98 47 28 997-65")
(True, True, True)
>>> is_valid("85.07.30-033 29"), is_valid("85.13.30-033 53"), is_valid("8507300332")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 11 or digits[:9] == "000000000":
        return False
    month, day = int(digits[2:4]), int(digits[4:6])
    if month >= 60 or month % 20 > 12 or day > 31:
        return False
    number, check = int(digits[:9]), int(digits[9:])
    return check in (97 - number % 97, 97 - (2_000_000_000 + number) % 97)
