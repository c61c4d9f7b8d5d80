"""What the databases see in one piece of text: which is asked first, and offsets in characters.

Prose is asked for the shapes of primaries first and mostly nothing else; number-heavy text for the words of
evidence first, since a number without its word is nothing. Which comes first never changes what is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sitclassify.compiler import CompiledRules
from sitclassify.evidence import WordHits, split_camel, unsplit
from sitclassify.matcher import Hit

Span = tuple[int, int]
NUMBER_HEAVY = 0.10  # share of digits from which the words are asked first
_SHORT = 1024  # bytes: below, the shapes are cheap whatever the text
_SAMPLE = 1024  # bytes looked at in each of three places
_FEW_SHAPES = 6  # up to so many are asked alone, each in its own database
_DIGITS = b"0123456789"


class Piece(NamedTuple):
    """A piece of the matching text: its bytes, and where in the text it begins (characters)."""

    data: bytes
    offset: int
    is_ascii: bool


class FirstPass(NamedTuple):
    """Shape hits (bytes), special triggers by number, and the word hits where words came first."""

    shapes: list[Hit]
    specials: set[int]
    words: list[Hit] | None


def first_pass(rules: CompiledRules, data: bytes, words_first: bool | None = None) -> FirstPass:
    """Ask the databases; `words_first` None lets the text decide."""
    if words_first is None:
        words_first = len(data) >= _SHORT and _is_number_heavy(data)
    plan = rules.plan
    if not words_first:
        return FirstPass(*_split(rules.shapes.scan(data), len(plan.shapes)), None)
    word_hits = scan_words(rules, data)
    bare = plan.self_evident
    hits, specials = _split(rules.self_evident.scan(data), len(bare))
    hits = [(bare[i], start, end) for i, start, end in hits]
    wanted = _shapes_for(rules, word_hits, data).difference(bare)
    if len(wanted) > _FEW_SHAPES:
        hits, _ = _split(rules.shapes.scan(data), len(plan.shapes))
    else:
        for shape in sorted(wanted):
            hits += rules.scan_shape(shape, data)
    return FirstPass(hits, specials, word_hits)


def _shapes_for(rules: CompiledRules, word_hits: list[Hit], data: bytes) -> frozenset[int]:
    """Shapes of the SITs that a word in the text may speak for."""
    plan = rules.plan
    seen = {hit[0] for hit in word_hits}
    if len(plan.words) in seen:  # camelCase: words inside identifiers
        split, _ = split_camel(data.decode(errors="replace"))
        seen |= {hit[0] for hit in scan_words(rules, split.encode())}
    seen.discard(len(plan.words))
    sits: frozenset[int] = frozenset().union(*(plan.sits_of_word[word] for word in seen))
    return frozenset().union(*(plan.shapes_of_sit[sit] for sit in sits))


def scan_words(rules: CompiledRules, data: bytes) -> list[Hit]:
    """Hits of the word database; the padding gives words at either end their boundary."""
    return rules.words.scan(b"\n" + data + b"\n")


def read_words(
    rules: CompiledRules, words: WordHits, text: str, piece: Piece, hits: list[Hit] | None = None
) -> WordHits:
    """Fill `words` with what is seen in a piece of `text`; `hits` where `scan_words` has been asked."""
    table = rules.plan.words
    count = len(table)
    hits = scan_words(rules, piece.data) if hits is None else hits
    plain = [_bare(table, hit) for hit in hits if hit[0] < count]
    words.add(table, in_characters(plain, piece), text)
    if len(plain) < len(hits):  # the trigger for camelCase
        split, parts = split_camel(piece.data.decode(errors="replace"))
        for hit in scan_words(rules, split.encode()) if parts else ():
            if hit[0] < count:
                word, start, end = _bare(table, hit)
                start, end = unsplit(parts, start, end)
                words.add(table, [(word, piece.offset + start, piece.offset + end)], text)
    return words


def _bare(table: list, hit: Hit) -> Hit:  # type: ignore[type-arg]
    """A word hit without its boundary characters and without the padding of `scan_words`."""
    word, start, end = hit
    return word, start - 1 + table[word].lead, end - 1 - table[word].trail


def in_characters(hits: Iterable[Hit], piece: Piece) -> list[Hit]:
    """Hits with bytes of `piece` turned into characters of the matching text."""
    if piece.is_ascii:
        offset = piece.offset
        return [(i, s + offset, e + offset) for i, s, e in hits] if offset else list(hits)
    hits = list(hits)
    where: dict[int, int] = {}
    last, count = 0, piece.offset
    for at in sorted({hit[1] for hit in hits} | {hit[2] for hit in hits}):
        count += len(piece.data[last:at].decode(errors="ignore"))
        where[at] = count
        last = at
    return [(i, where[start], where[end]) for i, start, end in hits]


def _split(hits: list[Hit], first_special: int) -> tuple[list[Hit], set[int]]:
    """Shape hits, and the numbers of the special triggers among `hits`."""
    specials = {i - first_special for i, _, _ in hits if i >= first_special}
    return ([hit for hit in hits if hit[0] < first_special] if specials else hits), specials


def _is_number_heavy(data: bytes) -> bool:
    middle = len(data) // 2
    sample = data
    if len(data) > 3 * _SAMPLE:
        sample = data[:_SAMPLE] + data[middle : middle + _SAMPLE] + data[-_SAMPLE:]
    return len(sample) - len(sample.translate(None, _DIGITS)) > NUMBER_HEAVY * len(sample)
