"""US employer identification number: nine digits with a prefix that the IRS gives out.

There is no check digit.
Source: https://www.irs.gov/businesses/small-businesses-self-employed/how-eins-are-assigned-and-valid-ein-prefixes

>>> is_valid("91-1144442"), is_valid("203918472"), is_valid("12-3918472")
(True, True, True)
>>> is_valid("07-1144442"), is_valid("89-1144442"), is_valid("91-114444")
(False, False, False)
"""

import re

from sitclassify.validators.digits import digits_of

_EIN = re.compile(r"(?!0[07-9]|1[789]|2[89]|49|69|7[089]|89|9[67])[0-9]{9}")


def is_valid(value: str) -> bool:
    return _EIN.fullmatch(digits_of(value)) is not None
