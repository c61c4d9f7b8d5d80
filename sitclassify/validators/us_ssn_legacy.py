"""US social security number whose area was assigned before randomisation (June 2011).

That is 001-733 and 750-772 without 666: 734-749 and all above 772 had not been assigned by then.
Sources: https://www.ssa.gov/employer/stateweb.htm, https://en.wikipedia.org/wiki/Social_Security_number#Structure

>>> is_valid("536-90-4399"), is_valid("772-90-4399"), is_valid("750 90 4399")
(True, True, True)
>>> is_valid("734-90-4399"), is_valid("773-90-4399"), is_valid("666-90-4399")
(False, False, False)
"""

from sitclassify.validators import us_ssn
from sitclassify.validators.digits import digits_of

HAS_CHECK_DIGIT = False  # it checks how a value is formed


def is_valid(value: str) -> bool:
    if not us_ssn.is_valid(value):
        return False
    area = digits_of(value)[:3]
    return area <= "733" or "750" <= area <= "772"
