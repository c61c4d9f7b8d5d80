"""German passport or identity card number with its check digit: ten places, ICAO weights 7-3-1.

Digits and the letters C F G H J K L M N P R T V W X Y Z; a trailing D (nationality) is allowed.
Sources: https://www.icao.int/publications/pages/publication.aspx?docnum=9303,
https://de.wikipedia.org/wiki/Ausweisnummer

>>> is_valid("C01X00T478"), is_valid("T220001293"), is_valid("L01X00T471 D")
(True, True, True)
>>> is_valid("C01X00T479"), is_valid("C01X00T47"), is_valid("A01X00T478")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact, weighted_sum

_NUMBER = re.compile("([0-9CFGHJ-NPRTV-Z][0-9CFGHJ-NPRTV-Z]{8})([0-9])D?")
_WEIGHTS = (7, 3, 1) * 3


def is_valid(value: str) -> bool:
    match = _NUMBER.fullmatch(compact(value))
    return match is not None and weighted_sum(match[1], _WEIGHTS) % 10 == int(match[2])
