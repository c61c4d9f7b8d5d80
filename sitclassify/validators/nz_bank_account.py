"""Check of a New Zealand bank account: bank (2), branch (4), account (7), suffix (1 to 3 digits).

Each bank has its ranges of branches and one of six weighted sums; in some of these the digits of
a product are summed first.
Source: https://en.wikipedia.org/wiki/New_Zealand_bank_account_number (rules: Inland Revenue,
RWT and NRWT certificate filing specification, bank account number validation)

>>> is_valid("01-902-0068389-00"), is_valid("01-0902-0068389-000"), is_valid("0109020068389000")
(True, True, True)
>>> is_valid("01-0902-0068388-000"), is_valid("07-0902-0068389-00"), is_valid("01-1300-0068389-00")
(False, False, False)
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PARTS = re.compile(r"([0-9]{2})[\s-]([0-9]{3,4})[\s-]([0-9]{7})[\s-]([0-9]{1,3})")
_PLAIN = re.compile(r"([0-9]{2})([0-9]{4})([0-9]{7})([0-9]{2,3})")


class _Rule(NamedTuple):
    weights: tuple[int, ...]  # of branch (4), account (8, one zero in front) and suffix (4)
    cast_out: int  # products are reduced by this modulus; 0: not
    modulus: int


_A = _Rule((6, 3, 7, 9, 0, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0, 0), 0, 11)
_B = _Rule((0, 0, 0, 0, 0, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0, 0), 0, 11)
_D = _Rule((0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0), 0, 11)
_E = _Rule((0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 3, 2, 0, 0, 0, 1), 9, 11)
_F = _Rule((0, 0, 0, 0, 0, 1, 7, 3, 1, 7, 3, 1, 0, 0, 0, 0), 0, 10)
_G = _Rule((0, 0, 0, 0, 0, 1, 3, 7, 1, 3, 7, 1, 0, 3, 7, 1), 9, 10)
_X = _Rule((0,) * 16, 0, 1)  # no check
_B_FROM = 990_000  # base account number from which A becomes B

_BANKS = {
    "01": (_A, ((1, 999), (1100, 1199), (1800, 1899))),
    "02": (_A, ((1, 999), (1200, 1299), (2025, 2055))),
    "03": (
        _A,
        (
            (1, 999),
            (1300, 1399),
            (1500, 1599),
            (1700, 1799),
            (1900, 1999),
            (7350, 7399),
        ),
    ),
    "04": (_A, ((2014, 2024),)),
    "05": (_X, ((8884, 8889),)),
    "06": (_A, ((1, 999), (1400, 1499))),
    "08": (_D, ((6500, 6599),)),
    "09": (_E, ((0, 0),)),
    "10": (_A, ((5165, 5169),)),
    "11": (_A, ((5000, 6499), (6600, 8999))),
    "12": (_A, ((3000, 3299), (3400, 3499), (3600, 3699))),
    "13": (_A, ((4900, 4999),)),
    "14": (_A, ((4700, 4799),)),
    "15": (_A, ((3900, 3999),)),
    "16": (_A, ((4400, 4499),)),
    "17": (_A, ((3300, 3399),)),
    "18": (_A, ((3500, 3599),)),
    "19": (_A, ((4600, 4649),)),
    "20": (_A, ((4100, 4199),)),
    "21": (_A, ((4800, 4899),)),
    "22": (_A, ((4000, 4049),)),
    "23": (_A, ((3700, 3799),)),
    "24": (_A, ((4300, 4349),)),
    "25": (_F, ((2500, 2599),)),
    "26": (_G, ((2600, 2699),)),
    "27": (_A, ((3800, 3849),)),
    "28": (_G, ((2100, 2149),)),
    "29": (_G, ((2150, 2299),)),
    "30": (_A, ((2900, 2949),)),
    "31": (_X, ((2800, 2849),)),
    "33": (_F, ((6700, 6799),)),
    "35": (_A, ((2400, 2499),)),
    "38": (_A, ((9000, 9499),)),
    "88": (_X, ((8800, 8899),)),
}


def is_valid(value: str) -> bool:
    parts = _PARTS.fullmatch(value) or _PLAIN.fullmatch(value)
    if not parts:
        return False
    bank, branch, account, suffix = parts.groups()
    rule, ranges = _BANKS.get(bank, (None, ()))
    if rule is None or not any(low <= int(branch) <= high for low, high in ranges):
        return False
    if rule is _A and int(account) >= _B_FROM:
        rule = _B
    digits = branch.zfill(4) + account.zfill(8) + suffix.zfill(4)
    products = (weight * int(digit) for weight, digit in zip(rule.weights, digits, strict=True))
    if rule.cast_out:
        products = (_cast_out(product, rule.cast_out) for product in products)
    return sum(products) % rule.modulus == 0


def _cast_out(product: int, modulus: int) -> int:
    """Sum of the digits until one is left: 9 stays 9."""
    return product % modulus or (modulus if product else 0)
