"""Payment card number: range and length of a known issuer, Luhn check digit.

Visa, Mastercard (also the 2-series), American Express, Discover, Diners Club, JCB, UnionPay.
Maestro and other debit ranges are in `eu_debit_card`.
Source: https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN)

>>> is_valid("4111 1111 1111 1111"), is_valid("5555-5555-5555-4444"), is_valid("2223003122003222")
(True, True, True)
>>> is_valid("378282246310005"), is_valid("6011111111111117"), is_valid("30569309025904")
(True, True, True)
>>> is_valid("4111 1111 1111 1112"), is_valid("37828224631000"), is_valid("9111111111111111")
(False, False, False)
"""

import re

from sitclassify.validators.digits import digits_of, luhn_sum

_CARD = re.compile(
    r"""(?x)
      4 (?: [0-9]{12} | [0-9]{15} | [0-9]{18} )                 # Visa: 13, 16, 19
    | 5[1-5] [0-9]{14}                                          # Mastercard: 16
    | (?: 222[1-9] | 22[3-9][0-9] | 2[3-6][0-9]{2} | 27[01][0-9] | 2720 ) [0-9]{12}
    | 3[47] [0-9]{13}                                           # American Express: 15
    | (?: 6011 | 64[4-9][0-9] | 65[0-9]{2} ) [0-9]{12,15}       # Discover: 16 to 19
    | 36 [0-9]{12,17}                                           # Diners Club: 14 to 19
    | (?: 30[0-5][0-9] | 3095 | 3[89][0-9]{2} ) [0-9]{10,15}
    | (?: 352[89] | 35[3-8][0-9] ) [0-9]{12,15}                 # JCB: 16 to 19
    | 62 [0-9]{14,17}                                           # UnionPay: 16 to 19
    """
)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return _CARD.fullmatch(digits) is not None and luhn_sum(digits) % 10 == 0
