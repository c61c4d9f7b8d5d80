"""Values replaced by made-up ones of the same form. Needs the package `Faker` (extra `fake`).

A fake looks like a value, so scanning finds it again; where a number range is never given out, it is taken from there.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any, ClassVar

from sitclassify.errors import ConfigurationError
from sitclassify.redaction.methods import Method, checked_key
from sitclassify.rules import distinct


class Fake(Method):
    """The same value has the same fake under the same key; without a key, within one object."""

    is_realistic: ClassVar[bool] = True

    def __init__(self, key: bytes | None = None, locale: str = "en_US") -> None:
        try:
            from faker import Faker
        except ImportError:
            raise ConfigurationError(
                "fakes need the package 'Faker': pip install 'sitclassify[fake]'"
            ) from None
        self._key = secrets.token_bytes(32) if key is None else checked_key(key)
        self._faker: Any = Faker(locale)

    def __call__(self, value: str, sit: str) -> str:
        plain = f"{sit}\0{distinct(value)}".encode("utf-8", "surrogatepass")
        seed = hmac.new(self._key, plain, hashlib.sha256).digest()
        faker = self._faker
        for salt in range(16):  # a fake that is the value itself would hide nothing
            faker.seed_instance(seed + bytes([salt]))
            made = _made(faker, value, sit)
            if distinct(made) != distinct(value):
                return made
        return "*" * len(value)


def _made(faker: Any, value: str, sit: str) -> str:
    if sit == "email-address":
        return str(faker.safe_email())
    if sit == "credit-card-number":
        return _laid_into(value, faker.credit_card_number("visa16"))
    if sit == "us-social-security-number":
        return _laid_into(value, faker.invalid_ssn())
    return _of_same_form(faker, value)


def _laid_into(value: str, number: str) -> str:
    """The digits of `number` in the places of the digits of `value`, repeated where it has more."""
    digits = [c for c in number if c.isdigit()]
    places = [i for i, c in enumerate(value) if c.isdigit()]
    made = list(value)
    for i, place in enumerate(places):
        made[place] = digits[i % len(digits)]
    return "".join(made)


def _of_same_form(faker: Any, value: str) -> str:
    """A digit for each digit, a letter of the same case for each letter; all else stays."""
    made = []
    for char in value:
        if char.isdigit():
            made.append(str(faker.random_digit()))
        elif char.isalpha():
            letter = faker.random_letter()
            made.append(letter.upper() if char.isupper() else letter.lower())
        else:
            made.append(char)
    return "".join(made)
