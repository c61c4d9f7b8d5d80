"""Calendar date in digits: day, month, year.

>>> is_valid("31/12/1999"), is_valid("1.2.03"), is_valid("31 12 99"), is_valid("31121999")
(True, True, True, True)
>>> is_valid("12/31/1999"), is_valid("30.02.2001"), is_valid("1/2"), is_valid("")
(False, False, False, False)
"""

from sitclassify.validators.dates import is_written_date

HAS_CHECK_DIGIT = False  # it checks how a value is formed


def is_valid(value: str) -> bool:
    return is_written_date(value, "dmy")
