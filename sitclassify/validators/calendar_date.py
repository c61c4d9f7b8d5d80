"""Whether a date, in digits or with an English month name, is one of the calendar in some order.

Source: https://en.wikipedia.org/wiki/Gregorian_calendar

>>> is_valid("31.12.1999"), is_valid("12/31/99"), is_valid("Feb 29, 2024"), is_valid("1999-02-28")
(True, True, True, True)
>>> is_valid("31.02.1999"), is_valid("Feb 29, 2023"), is_valid("12.1999")
(False, False, False)
"""

from __future__ import annotations

import re
from datetime import date

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_PART = re.compile(r"[0-9]+|[A-Za-z]{3,}")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def is_valid(value: str) -> bool:
    """Whether some order of day, month and year makes `value` a real date."""
    parts = [_number(part) for part in _PART.findall(value)[:4]]
    numbers = [n for n in parts if n is not None]
    if len(numbers) < 3:
        return False
    first, second, third = numbers[:3]
    orders = ((third, second, first), (third, first, second), (first, second, third))
    return any(_is_date(*order) for order in orders)


def _number(part: str) -> int | None:
    if part.isdigit():
        return int(part) if len(part) <= 4 else None
    name = part[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else None


def _is_date(year: int, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= 31) or 100 <= year < 1000:
        return False
    try:
        date(year if year >= 100 else 2000 + year, month, day)
    except ValueError:
        return False
    return True
