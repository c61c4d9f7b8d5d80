"""Calendar date in digits: year, month, day.

>>> is_valid("1999-12-31"), is_valid("03.2.1"), is_valid("99 12 31"), is_valid("19991231")
(True, True, True, True)
>>> is_valid("1999-31-12"), is_valid("2001-02-30"), is_valid("1/2"), is_valid("")
(False, False, False, False)
"""

from sitclassify.validators.dates import is_written_date

HAS_CHECK_DIGIT = False  # it checks how a value is formed


def is_valid(value: str) -> bool:
    return is_written_date(value, "ymd")
