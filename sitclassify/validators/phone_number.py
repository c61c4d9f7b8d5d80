"""Telephone number that a numbering plan allows, by Google's metadata (package phonenumbers).

International (`+` or `00`), or national in one of the regions below. Costs 30 to 90 us per region
tried, so it is for matches that already have evidence near them.
Source: https://github.com/google/libphonenumber

>>> is_valid("+44 20 7946 0958"), is_valid("(212) 555-0100 x12"), is_valid("0049 30 901820")
(True, True, True)
>>> is_valid("+44 20 7946"), is_valid("123-456-7890"), is_valid("1234"), is_valid("")
(False, False, False, False)
"""

from __future__ import annotations

import re

from sitclassify.validators.dates import is_written_date

HAS_CHECK_DIGIT = False  # it checks how a value is formed
IS_DEAR = True

_PHONE = re.compile(r"(?:\+|00)?[0-9()\[\]./\s-]{5,30}(?:(?:ext|x|#)[. :]*[0-9]{1,6})?", re.I)
# Regions whose national numbers begin with the trunk prefix 0, and those without, by their digits.
_WITH_TRUNK = (
    "GB", "DE", "FR", "IT", "NL", "BE", "AT", "CH", "SE", "IE", "AU", "NZ", "JP", "IN", "PH", "TR", "KR", "IL",
)  # fmt: skip
_WITHOUT_TRUNK = {
    8: ("DK", "NO", "SG"),
    9: ("ES", "PT", "PL"),
    10: ("US", "IN", "TR"),
    11: ("US", "BR", "CN"),
}
_INDIAN_MOBILE = "6789"  # first digits; Indian land lines are dialled with the trunk prefix


def is_valid(value: str) -> bool:
    text = value.strip()
    if not text.isascii() or not _PHONE.fullmatch(text):
        return False
    if text.startswith("00"):
        text = "+" + text[2:]
    if text.startswith("+"):
        return _is_number(text, None)
    if not text.isdigit() and any(is_written_date(text, order) for order in ("ymd", "dmy", "mdy")):
        return False
    if text.lstrip("(").startswith("0"):
        return any(_is_number(text, region) for region in _WITH_TRUNK)
    digits = [char for char in re.split("[EXex#]", text)[0] if char.isdigit()]
    return any(
        _is_number(text, region)
        for region in _WITHOUT_TRUNK.get(len(digits), ())
        if region != "IN" or digits[0] in _INDIAN_MOBILE
    )


def _is_number(text: str, region: str | None) -> bool:
    import phonenumbers  # 100 ms: only when a number is to be checked

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(number))
