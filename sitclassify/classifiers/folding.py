"""Text as an array of folded characters: what the tricks of disguise leave of it.

Lower case, one base letter for accented, full-width, mathematical and look-alike letters;
zero-width and combining characters gone; tag characters read as the ASCII they hide; letters
repeated more than twice cut to two; digits and signs that stand for letters (`p4ssw0rd`, `a$$hole`)
read as letters in words that have letters; other digits all alike. The folding is the same in
training and in use, so a word that it maps oddly (`sha256`) is still one feature everywhere.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SPACE, SIGN, DIGIT, LETTER, IDEOGRAPH = range(5)

_TAGS = range(0xE0020, 0xE007F)  # deprecated language tags: an invisible copy of ASCII
_ZERO = ord("0")
# The Latin letter that a letter of another script looks like (a part of UTS 39's confusables).
_LOOKALIKES = dict(
    zip(
        "авсԁеһіјкӏмнорԛѕтугԝхѵьαβεηικνορτυχγωɑɡıɩʟɴʀʏᴀʙᴄᴅᴇɢʜᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜰꜱđłøħŧƅɓɗ",
        "abcdehijklmhopqstyrwxvbaBenikvoptuxyw".lower() + "agiilnryabcdeghjkmoptuvwzfsdlohtbbd",
        strict=True,
    )
)
_UNSPACED = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0x0E00, 0x0EFF), (0x20000, 0x2FFFF))


class Folded(NamedTuple):
    """Folded characters, their kinds, and where each stood in the text (None: at its own index)."""

    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    positions: NDArray[np.intp] | None


@lru_cache(maxsize=8192)
def _fold_character(code: int) -> tuple[int, int]:
    """Folded code and kind of one character; code 0 means that it is dropped."""
    if code in _TAGS:
        return _fold_character(code - 0xE0000)
    character = chr(code)
    category = unicodedata.category(character)
    if code < 128:
        if character.isalpha():
            return ord(character.lower()), LETTER
        if character.isdigit():
            return code, DIGIT
        return (code, SIGN) if character.isprintable() and code != 32 else (32, SPACE)
    if category in ("Mn", "Me", "Cf", "Cs"):
        return 0, SPACE
    if category.startswith("Z"):
        return 32, SPACE
    if category == "Nd":
        return _ZERO + unicodedata.decimal(character), DIGIT
    for low, high in _UNSPACED:
        if low <= code <= high and character.isalnum():
            return code, IDEOGRAPH
    base = unicodedata.normalize("NFKD", character).lstrip(" ")[:1].lower()[:1] or character
    base = _LOOKALIKES.get(base, base)
    if ord(base) < 128:
        return _fold_character(ord(base))
    return ord(base), LETTER if base.isalpha() else DIGIT if base.isdigit() else SIGN


_ASCII_CODES = np.array([_fold_character(code)[0] for code in range(128)], np.uint32)
_ASCII_KINDS = np.array([_fold_character(code)[1] for code in range(128)], np.uint8)
_STANDS_FOR = _ASCII_CODES.copy()  # what a digit or sign among letters stands for
for _sign, _letter in zip("0134578@$!|", "oieastbasii", strict=True):
    _STANDS_FOR[ord(_sign)] = ord(_letter)
_AMONG_LETTERS = np.zeros(128, bool)  # signs that count as letters between two letters
_AMONG_LETTERS[[ord(sign) for sign in "@$!|*"]] = True


def fold(text: str) -> Folded:
    """Any `str`, lone surrogates too. Linear in the text; never raises."""
    if text.isascii():
        raw = np.frombuffer(text.encode("ascii"), np.uint8)
        codes, kinds, positions = _ASCII_CODES[raw], _ASCII_KINDS[raw], None
    else:
        codes, kinds, positions = _fold_wide(text)
    return _read_disguised_letters(*_cut_repetitions(codes, kinds, positions))


def _fold_wide(
    text: str,
) -> tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.intp] | None]:
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    low = np.minimum(raw, 127)
    codes, kinds = _ASCII_CODES[low], _ASCII_KINDS[low]
    wide = np.flatnonzero(raw > 127)
    distinct, back = np.unique(raw[wide], return_inverse=True)
    folded = [_fold_character(int(code)) for code in distinct]
    codes[wide] = np.array([code for code, _ in folded], np.uint32)[back]
    kinds[wide] = np.array([kind for _, kind in folded], np.uint8)[back]
    kept = np.flatnonzero(codes)
    if len(kept) == len(codes):
        return codes, kinds, None
    return codes[kept], kinds[kept], kept


def _cut_repetitions(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint8], positions: NDArray[np.intp] | None
) -> tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.intp] | None]:
    """Letters repeated more than twice are kept twice: "sooooo" is "soo"."""
    same = codes[1:] == codes[:-1]
    third = same[1:] & same[:-1]
    third &= kinds[2:] == LETTER
    if not third.any():
        return codes, kinds, positions
    kept = np.flatnonzero(np.concatenate(([True, True], ~third)))
    return codes[kept], kinds[kept], kept if positions is None else positions[kept]


def _read_disguised_letters(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint8], positions: NDArray[np.intp] | None
) -> Folded:
    """Digits and signs inside words become the letters they stand for; other digits become 0."""
    low = np.minimum(codes, 127)
    sign = _AMONG_LETTERS[low]
    if sign.any():
        at = np.flatnonzero(sign[1:-1]) + 1
        lettered = (kinds == LETTER) | sign
        at = at[lettered[at - 1] & lettered[at + 1] & ~(sign[at - 1] & sign[at + 1])]
        kinds[at] = LETTER
        codes[at] = _STANDS_FOR[low[at]]
    digit = np.flatnonzero(kinds == DIGIT)
    if len(digit):
        word = kinds >= DIGIT
        number = np.cumsum(~word)  # the same for all characters of one word
        lettered = np.zeros(int(number[-1]) + 1, bool)
        lettered[number[kinds == LETTER]] = True
        plain = ~lettered[number[digit]]
        codes[digit] = np.where(plain, _ZERO, _STANDS_FOR[np.minimum(codes[digit], 127)])
    return Folded(codes, kinds, positions)
