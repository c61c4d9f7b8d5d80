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
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitclassify import encodings
from sitclassify.classifiers.features import IS_SINGLE, Tokens, Vocabulary

_AROUND = 200  # characters of plain text kept on both sides of a decoded part
_LONG_WORD = 18  # letters: ordinary words are shorter, codes and run-together words longer
_MOST = 8  # long words that are tried to be cut
_APART = 8  # letters set apart one by one, at least
_LETTERS = 0.8  # share of letters among characters set apart
_SPLIT = 3  # blanks that run-together words need at least: names in code have fewer words
_STRANGE = 3  # unknown words in a row before ciphers are tried
_SMALL = 2  # letters: any two are a word somewhere
_LONGEST = 2_000  # characters of one part that ciphers and word splitting look at
_READABLE = 0.5  # share of known words for letters cut into words to be taken as found
_DECIPHERED = 0.6  # the same for a deciphered text: there are three ciphers to be right by chance
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_ESCAPED = re.compile(r"%[2-7][0-9A-Fa-f]")
_LONG = re.compile(rf"(?<![^\W_])[^\W_]{{{_LONG_WORD},}}")
_BASE32 = re.compile(r"(?:[A-Z2-7]{8}){3,}(?:[A-Z2-7]{2,7})?")
# Both begin with a set of characters, not with a group: `re` then skips all others at once.
_BINARY = re.compile(r"[01](?<!\d\d)[01]{7}[ ,]?(?:[01]{8}[ ,]?){7,}(?!\d)")
_SIGN, _GAP = r"[.\-\u2013\u2014\u00b7\u2022]", r"(?:\s+|\s*[/|]\s*|$)"
_MORSE = re.compile(rf"{_SIGN}{_SIGN}{{,5}}{_GAP}(?:{_SIGN}{{1,6}}{_GAP}){{7,}}")
_WORD = re.compile(r"[^\W\d_]+")
_ATBASH = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA",
)
_MIXED = 3  # respelled words before digits that stand alone are read as letters too ("70", "to")
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


Long = tuple[str, int, int]  # a long word, its start and end


class View(NamedTuple):
    """A readable version of `text[start:end]`."""

    text: str
    start: int
    end: int


def views(text: str, tokens: Tokens, vocabulary: Vocabulary) -> Iterator[View]:
    """Readable versions of the disguised parts of a text, most often none."""
    is_long = max(map(len, tokens.outside), default=0) >= _LONG_WORD
    long = [(m[0], *m.span()) for m in _LONG.finditer(text)] if is_long else []
    if not text.isascii():
        yield from _hidden(text)
    hashes = tokens.hashes[tokens.words]
    is_single = (hashes & IS_SINGLE) != 0
    is_strange = tokens.numbers[tokens.words] >= len(vocabulary)
    singles, strange = np.count_nonzero(is_single), np.count_nonzero(is_strange)
    if (
        "&#" in text
        or "\\u" in text
        or _ESCAPED.search(text)
        or any(map(_is_code, (word for word, _, _ in long)))
    ):
        yield from _decoded(text)
    yield from _base32(long)
    yield from _run_together(long, vocabulary)
    if "0101" in text or "0110" in text:
        yield from _binary(text)
    if tokens.respelled >= _MIXED:
        yield View(text[:_LONGEST].translate(_LEET), 0, min(len(text), _LONGEST))
    if ".-" in text or "-." in text:
        yield from _morse(text)
    if singles >= _APART:
        yield from _set_apart(text, tokens, is_single, vocabulary)
    if strange >= _STRANGE:
        yield from _ciphered(text, tokens, is_strange, vocabulary)


def _is_code(word: str) -> bool:
    """Whether a long word is in mixed case or has digits, as base64 and hex are."""
    return not word.isalpha() or not (word.islower() or word.isupper() or word[1:].islower())


def _runs(inside: NDArray[np.bool_], least: int) -> Iterator[tuple[int, int]]:
    """First and last + 1 of the runs of True of a length."""
    edges = np.zeros(len(inside) + 2, bool)
    edges[1:-1] = inside
    places = (edges[1:] != edges[:-1]).nonzero()[0]
    firsts, lasts = places[::2], places[1::2]
    enough = lasts - firsts >= least
    yield from zip(firsts[enough].tolist(), lasts[enough].tolist(), strict=True)


def _share(text: str, vocabulary: Vocabulary) -> float:
    """Share of known words among those of three letters and more."""
    words = [word for word in _WORD.findall(text.lower()) if len(word) > 2]
    return sum(word in vocabulary for word in words) / len(words) if words else 0.0


def _split(letters: str, vocabulary: Vocabulary) -> str:
    """The cheapest cut of run-together letters into words; unknown letters stay single."""
    letters = letters.lower()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(letters) + 1):
        best.append(
            min(
                (best[begin][0] + _cost(letters[begin:end], vocabulary), begin)
                for begin in range(max(0, end - _LONG_WORD), end)
            )
        )
    words, end = [], len(letters)
    while end:
        begin = best[end][1]
        words.append(letters[begin:end])
        end = begin
    return " ".join(reversed(words))


def _cost(word: str, vocabulary: Vocabulary) -> float:
    """Rare words cost more (Zipf), unknown ones more than any known."""
    rank = vocabulary.rank(word)
    return 14.0 * len(word) if rank is None else math.log((rank + 2) * 10)


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


def _hidden(text: str) -> Iterator[View]:
    """What tag characters say, without the visible text that it hides in."""
    for match in _TAGS.finditer(text):
        if len(match[0]) >= _APART:
            yield View("".join(chr(ord(sign) - 0xE0000) for sign in match[0]), *match.span())


def _base32(long: Iterable[Long]) -> Iterator[View]:
    for word, start, end in long:
        if _BASE32.fullmatch(word):
            try:
                plain = base64.b32decode(word + "=" * (-len(word) % 8)).decode()
            except (binascii.Error, ValueError):
                continue
            yield View(plain, start, end)


def _binary(text: str) -> Iterator[View]:
    for match in _BINARY.finditer(text):
        bits = re.sub("[ ,]", "", match.group())
        data = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
        yield View(data.decode("utf-8", "replace"), *match.span())


def _morse(text: str) -> Iterator[View]:
    for match in _MORSE.finditer(text):
        code = re.sub("[\u2013\u2014]", "-", re.sub("[\u00b7\u2022]", ".", match.group()))
        words = re.split(r"\s*[/|]\s*|\s{2,}", code.strip())
        plain = " ".join("".join(_MORSE_LETTERS.get(sign, "") for sign in w.split()) for w in words)
        if len(plain) >= _APART:
            yield View(plain, *match.span())


def _run_together(long: Iterable[Long], vocabulary: Vocabulary) -> Iterator[View]:
    for word, start, end in islice(long, _MOST):
        if word.isalpha() and len(word) <= _LONGEST:
            plain = _split(word, vocabulary)
            if plain.count(" ") >= _SPLIT and _share(plain, vocabulary) >= _READABLE:
                yield View(plain, start, end)


def _set_apart(
    text: str, tokens: Tokens, is_single: NDArray[np.bool_], vocabulary: Vocabulary
) -> Iterator[View]:
    """Runs of single letters; a wider gap than the usual one parts two words."""
    for first, last in _runs(is_single, _APART):
        spans = tokens.spans[tokens.words[first:last]].tolist()
        if sum(text[start].isalpha() for start, _ in spans) < _LETTERS * len(spans):
            continue  # digits of sums and tables
        gaps = [after - end for (_, end), (after, _) in pairwise(spans)]
        usual = min(gaps)
        letters = [text[slice(*spans[0])]]
        for gap, (start, end) in zip(gaps, spans[1:], strict=True):
            letters.append(" " * (gap > usual) + text[start:end])
        plain = "".join(letters)
        if max(map(len, plain.split(" "))) >= _LONG_WORD:
            plain = " ".join(_split(word[:_LONGEST], vocabulary) for word in plain.split(" "))
        yield View(plain, spans[0][0], spans[-1][1])


def _ciphered(
    text: str, tokens: Tokens, is_strange: NDArray[np.bool_], vocabulary: Vocabulary
) -> Iterator[View]:
    spans = tokens.spans[tokens.words]
    strange = is_strange | (spans[:, 1] - spans[:, 0] <= _SMALL)
    strange[1:-1] |= strange[:-2] & strange[2:]  # a cipher text has a known word by chance
    for first, last in _runs(strange, _STRANGE):
        if np.count_nonzero(is_strange[first:last]) < _STRANGE:
            continue
        start, end = int(spans[first, 0]), int(spans[last - 1, 1])
        part = text[start : min(end, start + _LONGEST)]
        if not part.isascii():
            continue
        for decipher in _CIPHERS:
            if _share(decipher(part[:_SAMPLE]), vocabulary) >= _DECIPHERED:
                yield View(decipher(part), start, end)
                break
