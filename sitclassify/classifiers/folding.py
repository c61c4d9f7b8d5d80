"""Text in folded characters: what the tricks of disguise leave of it.

Lower case, one base letter for accented, full-width, mathematical and look-alike letters;
zero-width and combining characters gone; tag characters read as the ASCII they hide. Further
folding, of single words, is in `features.normal_form`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_TAGS = range(0xE0020, 0xE007F)  # deprecated language tags: an invisible copy of ASCII
_ZERO = ord("0")
_DROPPED = 0
# The Latin letter that a letter of another script looks like (a part of UTS 39's confusables).
_LOOKALIKES = dict(
    zip(
        "авсԁеһіјкӏмнорԛѕтугԝхѵьαβεηικνορτυχγωɑɡıɩʟɴʀʏᴀʙᴄᴅᴇɢʜᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜰꜱđłøħŧƅɓɗ",
        "abcdehijklmhopqstyrwxvbaBenikvoptuxyw".lower() + "agiilnryabcdeghjkmoptuvwzfsdlohtbbd",
        strict=True,
    )
)


class Folded(NamedTuple):
    """Folded text, and where each of its characters stood (None: at its own index)."""

    text: str
    positions: NDArray[np.intp] | None


def fold(text: str) -> Folded:
    """Any `str`, lone surrogates too. Linear in the text; never raises."""
    if text.isascii():
        return Folded(text.lower(), None)
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _LOWER[np.minimum(raw, 127)]
    wide = np.flatnonzero(raw > 127)
    distinct, back = np.unique(raw[wide], return_inverse=True)
    codes[wide] = np.array([_fold_character(code) for code in distinct.tolist()], np.uint32)[back]
    kept = np.flatnonzero(codes != _DROPPED)
    positions = None if len(kept) == len(codes) else kept
    return Folded(codes[kept].tobytes().decode("utf-32-le"), positions)


@lru_cache(maxsize=8192)
def _fold_character(code: int) -> int:
    """The folded code of a character beyond ASCII; `_DROPPED` where nothing is left of it."""
    if code in _TAGS:
        return ord(chr(code - 0xE0000).lower())
    character = chr(code)
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf", "Cs"):
        return _DROPPED
    if category[0] == "Z":
        return 32
    if category == "Nd":
        return _ZERO + unicodedata.decimal(character)
    base = unicodedata.normalize("NFKD", character).lstrip(" ")[:1].lower()[:1] or character
    return ord(_LOOKALIKES.get(base, base))


_LOWER = np.array([ord(chr(code).lower()) for code in range(128)], np.uint32)
_LOWER[0] = 32  # a NUL is no dropped character
