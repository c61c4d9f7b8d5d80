"""Check digits that python-stdnum has no module for, and values that are computed to their end.

Written from the public descriptions and apart from our own validators: a corpus that asks the detector it
measures what is right would measure nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from datetime import date

from stdnum import cusip, iban, isin, lei, luhn
from stdnum.exceptions import ValidationError
from stdnum.mx import rfc

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VIN = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_TAIWAN = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))


def _digits(value: str) -> list[int]:
    return [int(c) for c in value if c.isdigit()]


def _weighted(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(d * w for d, w in zip(digits, weights, strict=True))


def _luhn(value: str) -> bool:
    return bool(luhn.is_valid("".join(map(str, _digits(value)))))


def _npi(value: str) -> bool:
    """Luhn of the number behind the prefix 80840 (45 CFR 162.406)."""
    return bool(luhn.is_valid("80840" + value))


def _dea(value: str) -> bool:
    d = _digits(value)
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6]


def _nric(value: str) -> bool:
    total = _weighted(_digits(value), (2, 7, 6, 5, 4, 3, 2)) + 4 * (value[0] in "TG")
    return value[-1] == ("JZIHGFEDCBA" if value[0] in "ST" else "XWUTRQPNMLK")[total % 11]


def _mrz(value: str) -> bool:
    """ICAO 9303: weights 7, 3, 1."""
    total = sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(value[:-1]))
    return total % 10 == int(value[-1])


def _pension(value: str) -> bool:
    """German pension insurance: the letter as two digits, cross sums."""
    v = value.replace(" ", "")
    digits = [int(c) for c in v[:8] + f"{ord(v[8]) - 64:02d}" + v[9:11]]
    products = (d * w for d, w in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True))
    return sum(p // 10 + p % 10 for p in products) % 10 == int(v[11])


def _naf(value: str) -> bool:
    """Spanish social security: the rest of 97; a short number counts from its province."""
    d = "".join(map(str, _digits(value)))
    number = int(d[:2]) * 10**7 + int(d[2:10]) if int(d[2:10]) < 10**7 else int(d[:10])
    return number % 97 == int(d[10:])


def _snils(value: str) -> bool:
    d = _digits(value)
    return _weighted(d[:9], (9, 8, 7, 6, 5, 4, 3, 2, 1)) % 101 % 100 == d[9] * 10 + d[10]


def _egypt(value: str) -> bool:
    d = _digits(value)
    return (11 - _weighted(d[:13], (2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 10 == d[13]


def _taiwan(value: str) -> bool:
    first = _TAIWAN[value[0]]
    digits = [first // 10, first % 10, *_digits(value)]
    return _weighted(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def _vin(value: str) -> bool:
    """ISO 3779 as North America checks it; its makers elsewhere leave the digit free."""
    numbers = [int(_VIN.get(c, c)) for c in value]
    rest = _weighted(numbers, (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return value[8] == "0123456789X"[rest]


def _orcid(value: str) -> bool:
    total = 0
    for digit in value.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return value[-1] == "0123456789X"[(12 - total % 11) % 11]


def _rfc(value: str) -> bool:
    try:
        rfc.validate(value, validate_check_digits=True)
    except ValidationError:
        return False
    return True


def _phone(value: str) -> bool:
    import phonenumbers

    return bool(phonenumbers.is_valid_number(phonenumbers.parse(value, "US")))


def _base58(drawn: str) -> str:
    """A pay-to-key-hash address of 20 drawn bytes."""
    payload = b"\0" + bytes.fromhex(drawn)
    payload += hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, text = int.from_bytes(payload), ""
    while number:
        number, rest = divmod(number, 58)
        text = _BASE58[rest] + text
    return "1" * (len(payload) - len(payload.lstrip(b"\0"))) + text


def _crc(drawn: str) -> str:
    """The CRC-32 of the random part as six digits of base 62 (GitHub's and npm's tokens)."""
    number, text = zlib.crc32(drawn.partition("_")[2].encode()), ""
    for _ in range(6):
        number, rest = divmod(number, 62)
        text = _BASE62[rest] + text
    return drawn + text


def _jwt(drawn: str) -> str:
    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    claims = {"sub": f"u{drawn}", "iat": int(date(2026, 3, 1).strftime("%Y%m%d")), "scope": "read"}
    head, body = (part(json.dumps(p).encode()) for p in ({"alg": "HS256", "typ": "JWT"}, claims))
    return f"{head}.{body}.{part(hashlib.sha256(drawn.encode()).digest())}"


CHECKS: dict[str, Callable[[str], bool]] = {
    "npi": _npi, "dea": _dea, "nric": _nric, "mrz": _mrz, "pension": _pension, "naf": _naf,
    "snils": _snils, "egypt": _egypt, "taiwan": _taiwan, "vin": _vin, "orcid": _orcid, "rfc": _rfc,
    "phone": _phone, "luhn": _luhn, "isin": isin.is_valid, "lei": lei.is_valid,
    "cusip": cusip.is_valid, "iban": lambda value: bool(iban.is_valid(value, check_country=False)),
}  # fmt: skip
MAKE: dict[str, Callable[[str], str]] = {"base58": _base58, "crc": _crc, "jwt": _jwt}
