"""Validators that stdnum has not: against the standard library and published vectors."""

from __future__ import annotations

import datetime
import ipaddress
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitclassify.validators import (
    bitcoin_address,
    date_dmy,
    date_mdy,
    date_ymd,
    email_address,
    ethereum_address,
    eu_debit_card,
    ipv4,
    ipv6,
    jwt,
    payment_card,
    phone_number,
    swift_bic,
    us_ssn,
    us_ssn_legacy,
)
from sitclassify.validators.digits import luhn_sum


def _with_check_digit(prefix: str, length: int) -> str:
    body = prefix.ljust(length - 1, "1")
    return body + str(-luhn_sum(body + "0") % 10)


@pytest.mark.parametrize(
    ("prefix", "lengths"),
    [
        ("4", (13, 16, 19)),
        *((prefix, (16,)) for prefix in ("51", "55", "2221", "2300", "2699", "2720")),
        *((prefix, (15,)) for prefix in ("34", "37")),
        *((prefix, (16, 17, 18, 19)) for prefix in ("6011", "644", "649", "65")),
        *((prefix, (16, 17, 18, 19)) for prefix in ("3528", "3589", "62")),
        *((prefix, tuple(range(14, 20))) for prefix in ("300", "305", "3095", "36", "38", "39")),
        *((prefix, ()) for prefix in ("50", "56", "2220", "2721", "35", "3527", "3590", "643")),
        *((prefix, ()) for prefix in ("0", "1", "7", "8", "9", "306", "6012", "6759")),
    ],
)
def test_cards_have_the_lengths_of_their_issuer(prefix: str, lengths: tuple[int, ...]) -> None:
    for length in range(10, 22):
        number = _with_check_digit(prefix, length)
        assert payment_card.is_valid(number) == (length in lengths), number
        assert not payment_card.is_valid(number[:-1] + str((int(number[-1]) + 1) % 10))


def test_maestro_has_12_to_19_digits() -> None:
    for length in range(10, 22):
        assert eu_debit_card.is_valid(_with_check_digit("6761", length)) == (12 <= length <= 19)


def test_every_ssn_area() -> None:
    for area in range(1000):
        value = f"{area:03}-12-3456"
        assert us_ssn.is_valid(value) == (area not in (0, 666) and area < 900)
        assigned = 0 < area <= 733 or 750 <= area <= 772
        assert us_ssn_legacy.is_valid(value) == (assigned and area != 666)


_ADDRESSES = st.one_of(
    st.ip_addresses().map(str),
    st.ip_addresses(v=6).map(lambda address: address.exploded),
    st.text("0123456789abF:.", min_size=2, max_size=24),
    st.lists(st.sampled_from(["", "0", "ffff", "1.2.3.4", "12345"]), max_size=9).map(":".join),
)


@settings(max_examples=1500, deadline=None)
@given(_ADDRESSES)
def test_addresses_agree_with_the_standard_library(text: str) -> None:
    assert ipv4.is_valid(text) == _is_address(ipaddress.IPv4Address, text)
    assert ipv6.is_valid(text) == _is_address(ipaddress.IPv6Address, text)


def _is_address(kind: type, text: str) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True


def test_dates_agree_with_the_calendar() -> None:
    rng = random.Random(3)
    for _ in range(4000):
        year, month, day = rng.randrange(1790, 2210), rng.randrange(0, 14), rng.randrange(0, 33)
        try:
            datetime.date(year, month, day)
            expected = 1800 <= year <= 2199
        except ValueError:
            expected = False
        separator = rng.choice(["-", "/", ".", " ", ". ", "\n"])
        for check, parts in (
            (date_dmy.is_valid, (f"{day:02}", f"{month:02}", f"{year}")),
            (date_mdy.is_valid, (f"{month:02}", f"{day:02}", f"{year}")),
            (date_ymd.is_valid, (f"{year}", f"{month:02}", f"{day:02}")),
        ):
            assert check(separator.join(parts)) == expected
            assert check("".join(parts)) == expected


def test_two_digit_years_and_single_digits() -> None:
    assert date_dmy.is_valid("29.2.00") and not date_dmy.is_valid("29.2.01")
    assert date_ymd.is_valid("0/2/29") is False
    assert date_dmy.is_valid("1.2.345") is False


# https://eips.ethereum.org/EIPS/eip-55
EIP_55 = [
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
]


@pytest.mark.parametrize("address", EIP_55)
def test_ethereum_vectors(address: str) -> None:
    assert ethereum_address.is_valid(address)
    changed = address[:10] + address[10:].swapcase()
    is_one_case = changed[2:] in (changed[2:].lower(), changed[2:].upper())
    assert ethereum_address.is_valid(changed) == is_one_case


def test_keccak_256_of_nothing() -> None:
    # https://keccak.team/archives.html
    digest = ethereum_address._keccak_256(b"").hex()
    assert digest == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"


# https://github.com/bitcoin/bips/blob/master/bip-0350.mediawiki
BIP_350 = [
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
    "BC1SW50QGDZ25J",
    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
]
BIP_350_WRONG = [
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
    "bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",  # for another version
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",  # character not in the set
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
    "bc1pw5dgrnzv",
    "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
    "bc1gmk9yu",
]


def test_bech32m_vectors() -> None:
    assert [address for address in BIP_350 if not bitcoin_address.is_valid(address)] == []
    assert [address for address in BIP_350_WRONG if bitcoin_address.is_valid(address)] == []


def test_jwt_must_hold_json_objects() -> None:
    assert not jwt.is_valid("eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.abc")  # cut short
    assert jwt.is_valid("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("o'neil@example.org", True),
        ("a" * 64 + "@example.org", True),
        ("a" * 65 + "@example.org", False),
        ("user@sub.example.co.uk", True),
        ("user@xn--bcher-kva.example", True),
        ("user@example.123", False),
        (".user@example.org", False),
        ("user@exa mple.org", False),
        ("user@@example.org", False),
        ("user@example-.org", False),
        ("用户@例子.中国", True),
    ],
)
def test_email_addresses(text: str, expected: bool) -> None:
    assert email_address.is_valid(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+1 202 555 0143", True),
        ("1-202-555-0143", True),
        ("020 7946 0958", True),
        ("(030) 901820", True),
        ("06 12 34 56 78", True),
        ("9876543210", True),
        ("+1 111 222 3333", False),
        ("111-222-3333", False),
        ("12345678901234567890", False),
        ("2024-01-15", False),
    ],
)
def test_phone_numbers(text: str, expected: bool) -> None:
    assert phone_number.is_valid(text) == expected


def test_bic_countries() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    codes = [a + b for a in letters for b in letters]
    assert sum(swift_bic.is_valid(f"ABCD{code}22") for code in codes) == 250  # ISO 3166-1 and XK
