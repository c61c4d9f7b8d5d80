"""ISO 7064 mod 11-2: digits, then a check digit or X (ORCID, ISNI, Chinese ids).

Source: https://en.wikipedia.org/wiki/ISO/IEC_7064

>>> is_valid("07940"), is_valid("0000-0002-1825-0097"), is_valid("079X"), is_valid("0794")
(True, True, True, False)
"""

from sitclassify.validators.digits import compact, pure_remainder, values_of


def is_valid(value: str) -> bool:
    text = compact(value)
    body, check = text[:-1], text[-1:]
    if not body.isdigit() or not (check.isdigit() or check == "X"):
        return False
    last = 10 if check == "X" else int(check)
    return pure_remainder((*values_of(body), last), 11, 2) == 1
