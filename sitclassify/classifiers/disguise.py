"""Readable versions of text that was disguised to slip past a filter.

Folding (`folding.py`) already undoes what changes single characters. Here is what moves or recodes
them: base64, hex, URL and HTML escapes; base32, binary and Morse code; letters set apart; words
run together; rot13, atbash and reversed text. Every way has a gate that ordinary text passes in
microseconds.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitclassify import encodings
from sitclassify.classifiers.features import SPACE_BITS, Features, extract, runs

_AROUND = 200  # characters of plain text kept on both sides of a decoded part
_LONG_WORD = 18  # letters: ordinary words are shorter, codes and run-together words longer
_APART = 8  # letters set apart one by one, at least
_LETTERS = 0.8  # share of letters among characters set apart
_SPLIT = 3  # blanks that run-together words need at least: names in code have fewer words
_STRANGE = 5  # unknown words in a row before ciphers are tried
_LONGEST = 2_000  # characters of one part that ciphers and word splitting look at
_READABLE = 0.5  # share of known words for a deciphered text to be taken as found
_ESCAPED = re.compile(r"%[2-7][0-9A-Fa-f]")
_BASE32 = re.compile(r"(?<![A-Z2-7])(?:[A-Z2-7]{8}){3,}(?:[A-Z2-7]{2,7}={0,6})?(?![A-Za-z0-9])")
_BINARY = re.compile(r"(?<!\d)(?:[01]{8}[ ,]?){8,}(?!\d)")
_MORSE = re.compile(r"(?:[.\-\u2013\u2014\u00b7\u2022]{1,6}(?:\s+|\s*[/|]\s*|$)){8,}")
_WORD = re.compile(r"[^\W\d_]+")
_ATBASH = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA",
)
_DIGIT_AMONG_LETTERS = re.compile(r"[A-Za-z][013457][A-Za-z]")
_MIXED = 3  # words with a digit between letters before all digits are read as letters
_LEET = str.maketrans("013457", "oieast")
_MORSE_CODE = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- "
    "-..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----."
)
_MORSE_LETTERS = dict(
    zip(_MORSE_CODE.split(" "), "abcdefghijklmnopqrstuvwxyz0123456789", strict=True)
)


_SAMPLE = 200  # characters deciphered to see whether they become readable
_CIPHERS: tuple[Callable[[str], str], ...] = (
    lambda text: codecs.encode(text, "rot13"),
    lambda text: text[::-1],
    lambda text: text.translate(_ATBASH),
)


class View(NamedTuple):
    """A readable version of `text[start:end]`."""

    text: str
    start: int
    end: int


class KnownWords:
    """Frequent words of several languages, the most frequent first."""

    def __init__(self, words: list[str]) -> None:
        self._costs = {word: math.log((rank + 2) * 10) for rank, word in enumerate(words)}
        self._rows = np.zeros(1 << SPACE_BITS, bool)
        features = extract("\n".join(words))
        self._rows[features.rows[: len(features.starts)]] = True

    @classmethod
    def read(cls, path: Path) -> KnownWords | None:
        """The list beside the models, one word a line; None where there is none."""
        try:
            return cls(path.read_text(encoding="utf-8").split())
        except OSError:
            return None

    def strange(self, features: Features) -> NDArray[np.bool_]:
        """For each word whether it is unknown."""
        found: NDArray[np.bool_] = ~self._rows[features.rows[: len(features.starts)]]
        return found

    def share(self, text: str) -> float:
        """Share of known words among those of three letters and more."""
        words = [word for word in _WORD.findall(text.lower()) if len(word) > 2]
        return sum(word in self._costs for word in words) / len(words) if words else 0.0

    def split(self, letters: str) -> str:
        """The cheapest cut of run-together letters into words; unknown letters stay single."""
        letters = letters.lower()
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(letters) + 1):
            best.append(
                min(
                    (best[begin][0] + self._cost(letters[begin:end]), begin)
                    for begin in range(max(0, end - 16), end)
                )
            )
        words, end = [], len(letters)
        while end:
            begin = best[end][1]
            words.append(letters[begin:end])
            end = begin
        return " ".join(reversed(words))

    def _cost(self, word: str) -> float:
        return self._costs.get(word, 14.0 * len(word))


def views(text: str, features: Features, known: KnownWords | None) -> Iterator[View]:
    """Readable versions of the disguised parts of a text, most often none."""
    lengths = features.ends - features.starts
    longest = int(lengths.max(initial=0))
    if "&#" in text or "\\u" in text or _ESCAPED.search(text) or _has_code(text, features, lengths):
        yield from _decoded(text)
    if longest >= 8:
        yield from _coded(text, longest)
    if "3" in text or "0" in text or "1" in text:
        yield from _leet(text)
    if ".-" in text or "-." in text:
        yield from _morse(text)
    if known is None:
        return
    if longest >= _LONG_WORD:
        yield from _run_together(text, features, lengths, known)
    single = lengths == 1
    if np.count_nonzero(single) >= _APART:
        yield from _set_apart(text, features, single, known)
    strange = known.strange(features)
    if np.count_nonzero(strange) >= _STRANGE:
        yield from _ciphered(text, features, strange, known)


def _has_code(text: str, features: Features, lengths: NDArray[np.intp]) -> bool:
    """Whether some long word is in mixed case or has digits, as base64 and hex are."""
    for i in np.flatnonzero(lengths >= _LONG_WORD).tolist():
        word = text[features.starts[i] : features.ends[i]]
        if not word.isalpha() or not (word.islower() or word.isupper() or word[1:].islower()):
            return True
    return False


def _pairs(inside: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First and last + 1 of the runs of True, as plain numbers."""
    starts, ends = runs(inside)
    return zip(starts.tolist(), ends.tolist(), strict=True)


def _decoded(text: str) -> Iterator[View]:
    decoded = encodings.decode(text, encodings.find_marks(text))
    if decoded is None:
        return
    again = encodings.decode(decoded.text, encodings.find_marks(decoded.text))
    if again is not None:
        yield View(again.text, 0, len(text))
    last = -1
    for region in decoded.regions:
        if region.start < last:
            continue
        start, last = max(region.start - _AROUND, 0), region.start + 8 * _AROUND
        source_start, source_end = decoded.source(region.start, min(last, len(decoded.text)))
        yield View(decoded.text[start:last], source_start, min(source_end, len(text)))


def _coded(text: str, longest: int) -> Iterator[View]:
    if longest >= _LONG_WORD:
        for match in _BASE32.finditer(text):
            token = match.group().rstrip("=")
            try:
                plain = base64.b32decode(token + "=" * (-len(token) % 8)).decode()
            except (binascii.Error, ValueError):
                continue
            yield View(plain, *match.span())
    if "0101" in text or "0110" in text:
        for match in _BINARY.finditer(text):
            bits = re.sub("[ ,]", "", match.group())
            data = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
            yield View(data.decode("utf-8", "replace"), *match.span())


def _leet(text: str) -> Iterator[View]:
    """Folding reads digits among letters; here are those that stand alone too ("70" for "to")."""
    if len(_DIGIT_AMONG_LETTERS.findall(text, 0, _LONGEST)) >= _MIXED:
        yield View(text[:_LONGEST].translate(_LEET), 0, min(len(text), _LONGEST))


def _morse(text: str) -> Iterator[View]:
    for match in _MORSE.finditer(text):
        code = re.sub("[\u2013\u2014]", "-", re.sub("[\u00b7\u2022]", ".", match.group()))
        words = re.split(r"\s*[/|]\s*|\s{2,}", code.strip())
        plain = " ".join("".join(_MORSE_LETTERS.get(sign, "") for sign in w.split()) for w in words)
        if len(plain) >= _APART:
            yield View(plain, *match.span())


def _run_together(
    text: str, features: Features, lengths: NDArray[np.intp], known: KnownWords
) -> Iterator[View]:
    for i in np.flatnonzero((lengths >= _LONG_WORD) & (lengths <= _LONGEST))[:8].tolist():
        start, end = int(features.starts[i]), int(features.ends[i])
        word = text[start:end]
        if word.isalpha():
            plain = known.split(word)
            if plain.count(" ") >= _SPLIT and known.share(plain) >= _READABLE:
                yield View(plain, start, end)


def _set_apart(
    text: str, features: Features, single: NDArray[np.bool_], known: KnownWords
) -> Iterator[View]:
    """Runs of single letters; a wider gap than the usual one parts two words."""
    for first, last in _pairs(single):
        if last - first < _APART:
            continue
        starts, ends = features.starts[first:last].tolist(), features.ends[first:last].tolist()
        if sum(text[start].isalpha() for start in starts) < _LETTERS * len(starts):
            continue  # digits of sums and tables
        gaps = [after - end for end, after in zip(ends, starts[1:], strict=False)]
        usual = min(gaps)
        letters = [text[starts[0] : ends[0]]]
        for gap, start, end in zip(gaps, starts[1:], ends[1:], strict=True):
            letters.append(" " * (gap > usual) + text[start:end])
        plain = "".join(letters)
        if max(map(len, plain.split(" "))) >= _LONG_WORD:
            plain = " ".join(known.split(word[:_LONGEST]) for word in plain.split(" "))
        yield View(plain, starts[0], ends[-1])


def _ciphered(
    text: str, features: Features, strange: NDArray[np.bool_], known: KnownWords
) -> Iterator[View]:
    strange = strange.copy()
    strange[1:-1] |= strange[:-2] & strange[2:]  # a cipher text has a known word by chance
    for first, last in _pairs(strange):
        if last - first < _STRANGE:
            continue
        start, end = int(features.starts[first]), int(features.ends[last - 1])
        part = text[start : min(end, start + _LONGEST)]
        if not part.isascii():
            continue
        for decipher in _CIPHERS:
            if known.share(decipher(part[:_SAMPLE])) >= _READABLE:
                yield View(decipher(part), start, end)
                break
