"""European debit card: range of Maestro, V PAY, Visa Electron, Dankort or Bancontact, and Luhn.

Maestro has 12 to 19 digits, the others 16 (Bancontact 16 to 19). Debit cards in the ordinary Visa
and Mastercard ranges look like credit cards: `payment_card` accepts those.
Sources: https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN),
https://en.wikipedia.org/wiki/Maestro_(debit_card), https://en.wikipedia.org/wiki/Visa_Electron

>>> is_valid("6759 6498 2643 8453"), is_valid("5019717010103742"), is_valid("4917 3008 0000 0000")
(True, True, True)
>>> is_valid("6759 6498 2643 8454"), is_valid("4111 1111 1111 1111"), is_valid("")
(False, False, False)
"""

import re

from sitclassify.validators.digits import digits_of, luhn_sum

_CARD = re.compile(
    r"""(?x)
      (?: 5018 | 5020 | 5038 | 5893 | 6304 | 6390 | 6759 | 676[1-37] ) [0-9]{8,15}   # Maestro
    | (?: 4026 | 4508 | 4844 | 4913 | 4917 | 482[0-9] ) [0-9]{12}  # Visa Electron, V PAY
    | 417500 [0-9]{10}
    | (?: 5019 | 4571 ) [0-9]{12}                                  # Dankort
    | 6703 [0-9]{12,15}                                            # Bancontact
    """
)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return _CARD.fullmatch(digits) is not None and luhn_sum(digits) % 10 == 0
