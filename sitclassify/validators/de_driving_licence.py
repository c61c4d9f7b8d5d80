"""German driving licence number: eleven places, the tenth a check character.

Weights 9..1, letters A=10 .. Z=35; the sum mod 11, X for 10. The last counts the copies.
Source: https://de.wikipedia.org/wiki/F%C3%BChrerschein

>>> is_valid("B072RRE2I55"), is_valid("J010000SD51")
(True, True)
>>> is_valid("B072RRE2I45"), is_valid("B072RRE2I5"), is_valid("B0Ä2RRE2I55")
(False, False, False)
"""

from sitclassify.validators.digits import compact, weighted_sum

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, 1)
_CHECK = "0123456789X"  # by the remainder


def is_valid(value: str) -> bool:
    text = compact(value)
    return len(text) == 11 and text[9] == _CHECK[weighted_sum(text[:9], _WEIGHTS) % 11]
