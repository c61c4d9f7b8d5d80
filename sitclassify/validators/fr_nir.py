"""French social security number (NIR): 13 places and a key of two digits, 97 - (number mod 97).

The first digit (sex) is 1-4, 7 or 8, the month 01-12, 20-42 or 50-99; Corsica's 2A and 2B count as
19 and 18 in the key.
Source: https://fr.wikipedia.org/wiki/Num%C3%A9ro_de_s%C3%A9curit%C3%A9_sociale_en_France

>>> is_valid("2 95 10 99 126 111 93"), is_valid("253072B07300470")
(True, True)
>>> is_valid("2 95 10 99 126 111 92"), is_valid("595109912611193"), is_valid("295109912611")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact

_NIR = re.compile(
    "[1-478][0-9]{2}(?:0[1-9]|1[0-2]|[23][0-9]|4[0-2]|[5-9][0-9])(?:[0-9]{2}|2[AB])[0-9]{8}"
)
_CORSICA = {"2A": "19", "2B": "18"}


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _NIR.fullmatch(text):
        return False
    department = text[5:7]
    number = text[:5] + _CORSICA.get(department, department) + text[7:13]
    return 97 - int(number) % 97 == int(text[13:])
