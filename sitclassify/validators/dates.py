"""Calendar dates: what the validators of dates, and of numbers that hold a birth date, share."""

from __future__ import annotations

import re

_PART = re.compile(r"[0-9]+")
_SHAPE = re.compile(r"[0-9\s./>|-]{1,40}")
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199  # of a date that somebody would write in digits


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this date.

    >>> is_date(2000, 2, 29), is_date(1900, 2, 29), is_date(1999, 13, 1), is_date(1999, 4, 31)
    (True, False, False, False)
    """
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month]):
        return False
    return (month, day) != (2, 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def is_short_date(yymmdd: str) -> bool:
    """Whether six digits are a date of some century.

    >>> is_short_date("000229"), is_short_date("010229")
    (True, False)
    """
    return is_date(2000 + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:6]))


def is_written_date(value: str, order: str) -> bool:
    """Whether `value` is a date in digits whose parts stand in `order`: "dmy", "mdy" or "ymd".

    Separators are `-`, `/`, `.` and white space; six or eight digits need none. The year has two
    digits (of any century) or four (1800 to 2199), day and month one or two.
    """
    if not _SHAPE.fullmatch(value):
        return False
    parts = _PART.findall(value)
    if len(parts) == 1:
        parts = _split(parts[0], order)
    if len(parts) != 3:
        return False
    named = dict(zip(order, parts, strict=True))
    year, month, day = named["y"], named["m"], named["d"]
    if len(month) > 2 or len(day) > 2 or len(year) not in (2, 4):
        return False
    if len(year) == 4 and not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return False
    return is_date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def _split(digits: str, order: str) -> list[str]:
    if len(digits) not in (6, 8):
        return []
    year = len(digits) - 4
    cut = year if order[0] == "y" else 2
    return [digits[:cut], digits[cut : cut + 2], digits[cut + 2 :]]
