"""Spanish social security number: province, seven or eight digits, and those mod 97 in two digits.

A number below ten millions follows the province in seven places, however it is written.
Source: https://es.wikipedia.org/wiki/N%C3%BAmero_de_la_Seguridad_Social_(Espa%C3%B1a)

>>> is_valid("28/12345678/40"), is_valid("281234567840"), is_valid("28/1234567/42")
(True, True, True)
>>> is_valid("281234567841"), is_valid("991234567840"), is_valid("2812345678")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of

_PROVINCES = {*range(1, 54), 66}  # 66: issued abroad
_SHORT = 10_000_000  # from here on the number takes eight places


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) not in (11, 12):
        return False
    province, number, check = int(digits[:2]), int(digits[2:-2]), int(digits[-2:])
    places = _SHORT if number < _SHORT else 10 * _SHORT
    return province in _PROVINCES and (province * places + number) % 97 == check
