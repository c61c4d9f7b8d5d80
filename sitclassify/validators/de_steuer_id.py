"""German tax identification number (Steuer-ID): eleven digits, ISO 7064 mod 11,10.

Among the first ten exactly one digit occurs twice or three times (three times not in a row), all
others at most once; the first is not 0.
Source: https://de.wikipedia.org/wiki/Steuerliche_Identifikationsnummer

>>> is_valid("36 574 261 809"), is_valid("92375541853")
(True, True)
>>> is_valid("36 574 261 890"), is_valid("56662738418"), is_valid("12345678903"), is_valid("")
(False, False, False, False)
"""

from sitclassify.validators.digits import digits_of, hybrid_remainder, values_of


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 11 or digits[0] == "0":
        return False
    body = digits[:10]
    repeated = [digit for digit in set(body) if body.count(digit) > 1]
    if len(repeated) != 1 or body.count(repeated[0]) > 3 or repeated[0] * 3 in body:
        return False
    return hybrid_remainder(values_of(digits), 10) == 1
