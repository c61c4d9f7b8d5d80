"""Arithmetic that validators share: separators, weighted sums, Luhn, ISO 7064, Verhoeff.

Texts come as matched; `digits_of` and `compact` strip the separators and refuse the rest, so the
sums below them get nothing but ASCII digits (and capital letters, A=10 .. Z=35).
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import mul

# White space, what stands between groups, and what comes with a line break (quote mark, table bar).
_SEPARATORS = b" \t\n\v\f\r-./,()>|"
_UPPER = bytes(range(256)).upper()
_VALUES = bytes(int(chr(c), 36) if c < 128 and chr(c).isalnum() else 0 for c in range(256))
_DOUBLED = bytes(sum(divmod(2 * value, 10)) for value in range(10)) + bytes(246)
_CHUNK = 1000  # characters; int() takes at most 4,300 digits, and a letter makes two

# Multiplication in the dihedral group D5, and the permutation by position (Verhoeff 1969).
# Source: https://en.wikipedia.org/wiki/Verhoeff_algorithm
_D5 = (
    b"\0\1\2\3\4\5\6\7\x08\x09", b"\1\2\3\4\0\6\7\x08\x09\5",
    b"\2\3\4\0\1\7\x08\x09\5\6", b"\3\4\0\1\2\x08\x09\5\6\7",
    b"\4\0\1\2\3\x09\5\6\7\x08", b"\5\x09\x08\7\6\0\4\3\2\1",
    b"\6\5\x09\x08\7\1\0\4\3\2", b"\7\6\5\x09\x08\2\1\0\4\3",
    b"\x08\7\6\5\x09\3\2\1\0\4", b"\x09\x08\7\6\5\4\3\2\1\0",
)  # fmt: skip
_TURN = b"\1\5\7\6\2\x08\3\0\x09\4"


def _permutations() -> tuple[bytes, ...]:
    rows = [bytes(range(10))]
    for _ in range(7):
        rows.append(bytes(_TURN[value] for value in rows[-1]))
    return tuple(rows)


_PERMUTED = _permutations()


def digits_of(value: str) -> str:
    """The ASCII digits of `value` without its separators; empty when it has anything else.

    >>> digits_of("12-3 4"), digits_of("12a"), digits_of("\N{ARABIC-INDIC DIGIT ONE}")
    ('1234', '', '')
    """
    raw = value.encode("ascii", "replace").translate(None, _SEPARATORS)
    return raw.decode("ascii") if raw.isdigit() else ""


def compact(value: str) -> str:
    """Letters, as capitals, and digits of `value` without its separators; empty when it has others.

    >>> compact("nl-91 abna"), compact("a_b")
    ('NL91ABNA', '')
    """
    raw = value.encode("ascii", "replace").translate(_UPPER, _SEPARATORS)
    return raw.decode("ascii") if raw.isalnum() else ""


def values_of(text: str) -> bytes:
    """Values of digits and letters: 0..9, A=10 .. Z=35."""
    return text.encode("ascii").translate(_VALUES)


def weighted_sum(text: str, weights: Iterable[int]) -> int:
    """Sum of value x weight, character by character, as far as the shorter of the two reaches."""
    return sum(map(mul, values_of(text), weights))


def luhn_sum(digits: str) -> int:
    """Sum of the digits, every second one from the right doubled, 9 cast out; valid: 0 mod 10."""
    values = values_of(digits)[::-1]
    return sum(values[::2]) + sum(values[1::2].translate(_DOUBLED))


def mod_97(text: str) -> int:
    """Remainder by 97 of the number that `text` writes, each letter as its two-digit value.

    >>> mod_97("3214282912345698765432161182") == 1, mod_97("A") == 10
    (True, True)
    """
    decimal = text if text.isdigit() else "".join(map(str, values_of(text)))
    remainder = 0
    for start in range(0, len(decimal), _CHUNK):
        remainder = int(f"{remainder}{decimal[start : start + _CHUNK]}") % 97
    return remainder


def pure_remainder(values: Iterable[int], modulus: int, radix: int) -> int:
    """Remainder of an ISO 7064 pure system, check value included; valid: 1."""
    remainder = 0
    for value in values:
        remainder = (remainder * radix + value) % modulus
    return remainder


def hybrid_remainder(values: bytes, modulus: int) -> int:
    """Remainder of ISO 7064 hybrid mod (`modulus` + 1, `modulus`), with check value; valid: 1."""
    product = modulus
    for value in values[:-1]:
        product = 2 * ((product + value) % modulus or modulus) % (modulus + 1)
    return (product + values[-1]) % modulus


def verhoeff_sum(digits: str) -> int:
    """Product in D5 of the permuted digits, check digit included; valid: 0."""
    product = 0
    for place, value in enumerate(values_of(digits)[::-1]):
        product = _D5[product][_PERMUTED[place % 8][value]]
    return product
