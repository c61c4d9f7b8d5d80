"""Weighted sums as data: `validator: {weighted: {...}}` in a SIT's file.

| key | meaning |
|---|---|
| `weights` | one per character, without the check character of `check`; may be negative |
| `modulus` | of the sum |
| `remainder` | what the sum must leave; 0 when left out; not beside `check` |
| `check` | the last character is the `remainder` or its `complement` (modulus - remainder) |
| `map` | value -> check character, or `reject`; a value that is not in it stands for itself |
| `alphabet` | `true`: letters count A=10 .. Z=35; or letter -> value |
| `product_digits` | `true`: the digits of each product are summed |

A complement equal to the modulus is 0 unless `map` says otherwise. Numbers may be strings, as
`yaml_file` gives them.

>>> bsn = compile_spec({"weights": [9, 8, 7, 6, 5, 4, 3, 2, -1], "modulus": 11})
>>> bsn("111 222 333"), bsn("111222334"), bsn("11122233")
(True, False, False)
>>> weights = [3, 2, 7, 6, 5, 4, 3, 2]
>>> rut = compile_spec(
...     {"weights": weights, "modulus": 11, "check": "complement", "map": {10: "K"}}
... )
>>> rut("12.531.909-2"), rut("12.531.909-3")
(True, False)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import getitem
from string import ascii_uppercase, digits
from typing import Any

from sitclassify.validators.digits import compact

_KEYS = ("weights", "modulus", "remainder", "check", "map", "alphabet", "product_digits")
_CHECKS = ("remainder", "complement")
_MAX_VALUE = 99  # of a letter
_NONE = 255  # marks a character without a value
_LETTERS = {letter: value for value, letter in enumerate(ascii_uppercase, 10)}


def compile_spec(spec: Any) -> Callable[[str], bool]:
    """The validator that the mapping `spec` describes; `ValueError` says what is wrong with it."""
    if not isinstance(spec, Mapping):
        raise _wrong(f"a mapping is expected, not {spec!r}")
    for key in spec:
        if key not in _KEYS:
            raise _wrong(f"unknown key {key!r}; the keys are {', '.join(_KEYS)}")
    for key in ("weights", "modulus"):
        if key not in spec:
            raise _wrong(f"{key!r} is missing")
    modulus = _number(spec["modulus"], "modulus")
    if modulus < 2:
        raise _wrong(f"modulus must be at least 2, not {modulus}")
    codes = _codes(spec.get("alphabet"))
    rows = _rows(spec["weights"], _is_true(spec.get("product_digits"), "product_digits"))
    if spec.get("check") is None:
        if spec.get("map") is not None:
            raise _wrong("'map' needs 'check'")
        remainder = _number(spec.get("remainder", 0), "remainder")
        if not 0 <= remainder < modulus:
            raise _wrong(f"remainder must be 0..{modulus - 1}, not {remainder}")
        return _sum_leaves(rows, codes, modulus, remainder)
    if "remainder" in spec:
        raise _wrong("'remainder' and 'check' exclude each other")
    return _check_character(rows, codes, modulus, _expected(spec, modulus))


def _sum_leaves(
    rows: list[tuple[int, ...]], codes: bytes, modulus: int, remainder: int
) -> Callable[[str], bool]:
    length = len(rows)

    def is_valid(value: str) -> bool:
        values = compact(value).encode("ascii").translate(codes)
        if len(values) != length or _NONE in values:
            return False
        return sum(map(getitem, rows, values)) % modulus == remainder

    return is_valid


def _check_character(
    rows: list[tuple[int, ...]], codes: bytes, modulus: int, expected: list[str]
) -> Callable[[str], bool]:
    length = len(rows) + 1

    def is_valid(value: str) -> bool:
        text = compact(value)
        values = text[:-1].encode("ascii").translate(codes)
        if len(text) != length or _NONE in values:
            return False
        return expected[sum(map(getitem, rows, values)) % modulus] == text[-1]

    return is_valid


def _expected(spec: Mapping[str, Any], modulus: int) -> list[str]:
    """Check character per remainder; empty where there is none."""
    if spec["check"] not in _CHECKS:
        raise _wrong(f"check must be {' or '.join(_CHECKS)}, not {spec['check']!r}")
    given = spec.get("map") or {}
    if not isinstance(given, Mapping):
        raise _wrong(f"map must be a mapping of value to character, not {given!r}")
    mapped = {_number(key, "map"): str(char).upper() for key, char in given.items()}
    for key, char in mapped.items():
        if not 0 <= key <= modulus:
            raise _wrong(f"map: value {key} is outside 0..{modulus}")
        if char != "REJECT" and not (len(char) == 1 and char.isascii() and char.isalnum()):
            raise _wrong(f"map: {char!r} is neither one letter or digit nor 'reject'")
    is_complement = spec["check"] == "complement"
    characters = [""] * modulus
    for remainder in range(modulus):
        value = modulus - remainder if is_complement else remainder
        char = mapped.get(value, str(value % modulus))
        characters[remainder] = char if len(char) == 1 else ""
    return characters


def _rows(weights: Any, product_digits: bool) -> list[tuple[int, ...]]:
    """Per place what each value adds to the sum: a look-up for a multiplication and a branch."""
    if not isinstance(weights, Sequence) or isinstance(weights, str) or not weights:
        raise _wrong(f"weights must be a list of numbers, not {weights!r}")
    numbers = [_number(weight, "weights") for weight in weights]
    if not product_digits:
        return [tuple(weight * value for value in range(_MAX_VALUE + 1)) for weight in numbers]
    if min(numbers) < 0:
        raise _wrong("'product_digits' needs weights that are not negative")
    return [
        tuple(sum(map(int, str(weight * value))) for value in range(_MAX_VALUE + 1))
        for weight in numbers
    ]


def _codes(alphabet: Any) -> bytes:
    """Table for `bytes.translate`: character to value, `_NONE` for those that are refused."""
    table = bytearray([_NONE]) * 256
    for value, char in enumerate(digits):
        table[ord(char)] = value
    if isinstance(alphabet, Mapping):
        given = alphabet.items()
        letters = {str(char).upper(): _number(value, "alphabet") for char, value in given}
    else:
        letters = _LETTERS if _is_true(alphabet, "alphabet") else {}
    for char, value in letters.items():
        if len(char) != 1 or not char.isascii() or not char.isalnum():
            raise _wrong(f"alphabet: {char!r} is not one letter or digit")
        if not 0 <= value <= _MAX_VALUE:
            raise _wrong(f"alphabet: the value of {char!r} must be 0..{_MAX_VALUE}, not {value}")
        table[ord(char)] = value
    return bytes(table)


def _number(value: Any, key: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise _wrong(f"{key}: {value!r} is not a whole number") from None


def _is_true(value: Any, key: str) -> bool:
    given = str(value).lower()
    if value is not None and given not in ("true", "false"):
        raise _wrong(f"{key} must be true or false, not {value!r}")
    return given == "true"


def _wrong(what: str) -> ValueError:
    return ValueError(f"validator weighted: {what}")
