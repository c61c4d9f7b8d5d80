"""Hashed features of a text: words, word pairs, runs of signs, characters within words.

A text is a sequence of tokens: words and runs of signs. What a token adds depends on the token alone,
so that its weights for all models are one row to look up. A window's features are its distinct tokens,
each with its own runs of characters, and its distinct pairs of neighbouring words; each weighs
1 / sqrt(their number).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sitclassify import resources
from sitclassify.classifiers.folding import Folded, fold

FEATURES = "words-pairs-signs-characters4-v2"  # models name what they were trained on
SPACE_BITS = 18  # a feature is a row of a table of 2**18; all models share it
LONGEST = 40  # characters of a token that are looked at: longer ones are codes, not words
_SIGNS = 3  # characters: longer runs of signs are known by their beginning
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\U00020000-\U0002ffff"  # each is a word
_SIGN = "[@$!|*]"  # people write these for letters inside a word
_SIGNS_OF_ASCII = r"[!-/:-@\[-`{-~]+"
# Each is one group, so that a text is split into what lies between tokens and tokens, by turns.
_PLAIN = re.compile(rf"([a-z0-9]+|{_SIGNS_OF_ASCII})")
_ASCII = re.compile(rf"([a-z0-9]+(?:{_SIGN}{{1,2}}[a-z][a-z0-9]*)*|{_SIGNS_OF_ASCII})")
_LETTER = rf"[^\W_{_UNSPACED}]"
_WIDE = re.compile(
    rf"([{_UNSPACED}]|{_LETTER}+(?:{_SIGN}{{1,2}}(?!\d){_LETTER}+)*|(?:[^\w\s\0-\x1f\x7f]|_)+)"
)
_SIGN_BEFORE_LETTER = re.compile(rf"{_SIGN}[a-z]")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_DIGIT_INSIDE = re.compile("[a-z][013457][a-z]")
_STANDS_FOR = str.maketrans("0134578@$!|", "oieastbasii")
_COMMON = [*"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", *("0" * length for length in range(1, 9)),
           *"abcdefghijklmnopqrstuvwxyz"]  # fmt: skip

_MIX = np.uint64(0xBF58476D1CE4E5B9)  # the two multipliers of splitmix64
_REMIX = np.uint64(0x94D049BB133111EB)
_SHIFT = np.uint64(29)
_STEP = np.uint64(0x9E3779B97F4A7C15)  # from one character or word to the next
_TOP = np.uint64(64 - SPACE_BITS)
IS_WORD, IS_SINGLE = np.uint64(1), np.uint64(2)
_WORD, _PAIR, _GRAM = (np.uint64(salt << 32) for salt in (0x1F, 0x2E01, 0x4B07))
_BLANK = 32
U64 = NDArray[np.uint64]
Index = NDArray[np.intp]


def normal_form(token: str) -> str:
    """What a token counts as: `p4ssw0rd` and `a$$hole` as letters, other digits all alike.

    Letters repeated more than twice are cut to two. The same in training and in use, so that a word
    that it maps oddly (`sha256`) is still one feature everywhere.

    >>> [normal_form(token) for token in ("p4ssw0rd", "2024", "sooooo", "!!!!!")]
    ['password', '0000', 'soo', '!!!']
    """
    token = token[:LONGEST]
    if not is_word(token):
        return token[:_SIGNS]
    if token.isdecimal():
        return "0" * len(token)
    token = _REPEATED.sub(r"\1\1", token)
    return token if token.isalpha() else token.translate(_STANDS_FOR)


def is_word(token: str) -> bool:
    """Whether a token is a word or a number, not a run of signs."""
    return token[0].isalnum()


def hashes_of(tokens: Iterable[str]) -> U64:
    """One number a token; its two lowest bits are `IS_WORD` and `IS_SINGLE` (no ideograph)."""
    return np.array(
        [
            crc32(token.encode("utf-8", "surrogatepass")) << 2
            | (len(token) == 1 and token < "\u0e00") << 1
            | is_word(token)
            for token in tokens
        ],
        np.uint64,
    )


def _mix(values: U64) -> U64:
    values = values * _MIX
    values ^= values >> _SHIFT
    values *= _REMIX
    return values


def _rows(hashes: U64, salt: np.uint64) -> Index:
    return (_mix(hashes ^ salt) >> _TOP).view(np.intp)


def pair_rows(hashes: U64) -> Index:
    """Table rows of the pairs of neighbours among words."""
    return _rows(hashes[:-1] * _STEP + hashes[1:], _PAIR)


def token_rows(hashes: U64) -> Index:
    """Table rows of tokens as features by themselves."""
    return _rows(hashes, _WORD)


def has_grams(token: str) -> bool:
    """Whether a token has runs of characters as features too: words, not single letters."""
    return len(token) > 1 and is_word(token)


def gram_rows(words: Sequence[str]) -> tuple[Index, Index]:
    """Table rows of every run of four characters of " word ", and where those of each word begin.

    Only of words that `has_grams`.
    """
    joined = f" {' '.join(words)}  "
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    hashes = codes[:-3]
    for shift in (1, 2, 3):
        hashes = hashes * _STEP + codes[shift : len(codes) - 3 + shift]
    blank = codes == _BLANK
    at = (~(blank[1:-2] | blank[2:-1])).nonzero()[0]
    firsts = np.searchsorted(at, blank[:-3].nonzero()[0])
    return _rows(hashes[at], _GRAM), firsts


@dataclass(eq=False)
class Tokens:
    """A text as numbers of a vocabulary; those from its length on count the tokens outside it."""

    folded: Folded
    pieces: list[str]  # of the folded text: what is no token and tokens, by turns
    numbers: Index
    hashes: U64
    words: Index  # which of the tokens are words
    pairs: Index  # table rows of the pairs of neighbouring words
    outside: list[str]
    hashes_outside: U64
    respelled: int  # distinct words with a digit between letters

    @cached_property
    def spans(self) -> Index:
        """Where each token starts and ends in the text: tokens x 2."""
        ends = np.cumsum(np.fromiter(map(len, self.pieces), np.intp, len(self.pieces)))
        spans: Index = ends[:-1].reshape(-1, 2)
        if self.folded.positions is None:
            return spans
        first, last = self.folded.positions[spans[:, 0]], self.folded.positions[spans[:, 1] - 1]
        return np.stack((first, last + 1), axis=1)


def _pattern(folded: str) -> re.Pattern[str]:
    """What finds the tokens; the simple pattern takes half the time of the others."""
    if not folded.isascii():
        return _WIDE
    return _ASCII if _SIGN_BEFORE_LETTER.search(folded) else _PLAIN


class Vocabulary:
    """Numbers for the tokens that are looked up; those outside are hashed at every use.

    The words are in their normal form.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.tokens = list(dict.fromkeys([*words, *_COMMON]))
        self._numbers = {token: number for number, token in enumerate(self.tokens)}
        self.hashes = hashes_of(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, word: str) -> bool:
        return word in self._numbers

    def rank(self, word: str) -> int | None:
        """The number of a word: the lower, the more frequent."""
        return self._numbers.get(word)

    def read(self, text: str) -> Tokens:
        """The tokens of any `str`, in order. Linear in the text; never raises."""
        folded = fold(text)
        pieces = _pattern(folded.text).split(folded.text)
        raw = pieces[1::2]
        number = self._numbers.get
        numbers = np.fromiter(map(number, raw, repeat(-1)), np.intp, len(raw))
        outside: dict[str, int] = {}
        known: dict[str, int] = {}
        respelled = 0
        for at in (numbers < 0).nonzero()[0].tolist():
            token = raw[at]
            if token not in known:
                word = normal_form(token)
                found = number(word)
                if found is None:
                    found = outside.setdefault(word, len(self) + len(outside))
                known[token] = found
                respelled += not token.isalpha() and _DIGIT_INSIDE.search(token) is not None
            numbers[at] = known[token]
        hashes = self.hashes.take(numbers, mode="clip")
        hashes_outside = hashes_of(outside)
        if outside:
            places = (numbers >= len(self)).nonzero()[0]
            hashes[places] = hashes_outside[numbers[places] - len(self)]
        words = (hashes & IS_WORD).nonzero()[0]
        pairs = pair_rows(hashes[words])
        return Tokens(
            folded, pieces, numbers, hashes, words, pairs, list(outside), hashes_outside, respelled
        )


def token_sums(
    tokens: Sequence[str], hashes: U64, take: Callable[[Index], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """What each token adds, itself and its runs of characters together; `take` looks up table rows."""
    sums = take(token_rows(hashes))
    places = [i for i, token in enumerate(tokens) if has_grams(token)]
    if places:
        rows, firsts = gram_rows([tokens[i] for i in places])
        sums[places] += np.add.reduceat(take(rows), firsts, axis=0)
    return sums


@lru_cache(maxsize=1)
def packaged_vocabulary() -> Vocabulary:
    """The frequent words of several languages that lie beside the packaged models."""
    words = (resources.folder("models") / "words.txt").read_text(encoding="utf-8").split()
    return Vocabulary(words)
