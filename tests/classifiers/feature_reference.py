"""The features of a text once more, in plain Python: slow and obvious."""

from __future__ import annotations

import re
from itertools import pairwise

from sitclassify.classifiers.features import SPACE_BITS

_MASK = (1 << 64) - 1
_BASE, _MIX, _REMIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_SALTS = {"word": 0x1F, "pair": 0x2E01, "sign": 0x3D55, "gram": 0x4B07}
_STANDS_FOR = dict(zip("0134578@$!|", "oieastbasii", strict=True))


def rows(text: str) -> set[int]:
    """Rows of the weight table for ASCII text."""
    text = re.sub(r"([a-z])\1{2,}", r"\1\1", text.lower())
    text = "".join(_sign(text, i) for i in range(len(text)))
    words, found = [], set()
    for match in re.finditer(r"[a-z0-9*]+|[^\sa-z0-9]+", _joined(text)):
        token = match.group().replace("\ue000", "*")
        if re.match(r"[a-z0-9]", token):
            letters = re.search("[a-z]", token)
            words.append(
                "".join(_STANDS_FOR.get(c, c) for c in token) if letters else "0" * len(token)
            )
        else:
            found.add(_row(_hash(token[:3]), "sign"))
    hashes = [_hash(word) for word in words]
    found.update(_row(value, "word") for value in hashes)
    pairs = pairwise(hashes)
    found.update(_row((_mix(one) + two) & _MASK, "pair") for one, two in pairs)
    for word in words:
        padded = f" {word} "
        found.update(_row(_hash(padded[i : i + 4]), "gram") for i in range(len(padded) - 3))
    return found


def _sign(text: str, i: int) -> str:
    """A sign between two letters (or a letter and such a sign) is read as a letter."""
    if text[i] not in "@$!|*" or i == 0 or i == len(text) - 1:
        return text[i]
    sides = [text[i - 1], text[i + 1]]
    lettered = [re.match(r"[a-z@$!|*]", side) for side in sides]
    both_signs = all(side in "@$!|*" for side in sides)
    if all(lettered) and not both_signs:
        return "\ue001" if text[i] == "*" else _STANDS_FOR[text[i]]
    return "\ue002" if text[i] == "*" else text[i]


def _joined(text: str) -> str:
    return text.replace("\ue001", "*").replace("\ue002", "\ue000")


def _mix(value: int) -> int:
    value = value * _MIX & _MASK
    value ^= value >> 29
    return value * _REMIX & _MASK


def _hash(span: str) -> int:
    return sum(_mix(ord(c) + 1) * pow(_BASE, i, 1 << 64) for i, c in enumerate(span)) & _MASK


def _row(value: int, salt: str) -> int:
    return _mix(value ^ _SALTS[salt]) >> (64 - SPACE_BITS)
