"""What the databases see in one piece of text: which is asked first, and offsets in characters.

Prose is asked for the shapes of primaries first and mostly nothing else; number-heavy text for the words of
evidence first, since a number without its word is nothing. Which comes first never changes what is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sitclassify.compiler import CompiledRules
from sitclassify.evidence import WordHits, split_camel, unsplit
from sitclassify.gate import MAX_WIDTH
from sitclassify.matcher import Database, Hit
from sitclassify.plan import Plan

Span = tuple[int, int]
NUMBER_HEAVY = 0.10  # share of digits from which the words are asked first
_SHORT = 1024  # bytes: below, the shapes are cheap whatever the text
_SAMPLE = 1024  # bytes looked at in each of three places
# Bytes around a place that a gate sees; some gated shapes have a few wider letters.
_REACH = MAX_WIDTH + 16
_WINDOW_COST = 150  # bytes of scanning that one more window costs
_GATED_COST = 5  # asking for gated shapes costs that many times asking for words
_FEW_SHAPES = 40  # up to so many are asked alone, each in its own database
_DIGITS = b"0123456789"
_CONTINUATION = bytes(range(0x80, 0xC0))  # the bytes of a character behind its first


class Piece(NamedTuple):
    """A piece of the matching text: its bytes, and where in the text it begins (characters)."""

    data: bytes
    offset: int
    is_ascii: bool


class FirstPass(NamedTuple):
    """Shape hits (bytes), what else the text asks for, and the word hits where words came first."""

    shapes: list[Hit]
    is_encoded: bool  # something in it may be decoded
    is_broken: bool  # a number in it may go on in the next line
    words: list[Hit] | None


def first_pass(rules: CompiledRules, data: bytes, words_first: bool | None = None) -> FirstPass:
    """Ask the databases; `words_first` None lets the text decide."""
    if words_first is None:
        words_first = len(data) >= _SHORT and _is_number_heavy(data)
    shapes, is_called = _named(rules.open.scan(data), rules.plan.open)
    if words_first:
        encoded = bool(rules.encodings.scan(data))
        broken = b"\n" in data and rules.has_broken_lines(data)
        return _by_words(rules, data, shapes, encoded, broken, [[0, len(data)]])
    marks = rules.places.scan(data)
    if not marks and not shapes and not is_called:
        return NOTHING
    places = [end for i, _, end in marks if i >= rules.encoding_count]
    encoded = len(places) < len(marks)
    if not places and not is_called:
        return FirstPass(shapes, encoded, False, None)
    broken = bool(places) and b"\n" in data and rules.has_broken_lines(data)
    windows = _windows(places, data)
    if is_called or sum(high - low for low, high in windows) * _GATED_COST >= len(data):
        return _by_words(rules, data, shapes, encoded, broken, windows)
    shapes += _around(rules.gated, rules.plan.gated, data, windows)
    return FirstPass(shapes, encoded, broken, None)


NOTHING = FirstPass([], False, False, None)


def _by_words(
    rules: CompiledRules,
    data: bytes,
    shapes: list[Hit],
    encoded: bool,
    broken: bool,
    windows: list[list[int]],
) -> FirstPass:
    """Ask for the words, then for the shapes that they, or nothing, must speak for."""
    plan = rules.plan
    word_hits = scan_words(rules, data)
    wanted = _shapes_for(rules, word_hits, data)
    single = wanted & plan.late
    gated = wanted & plan.gated_late
    if len(gated) > _FEW_SHAPES:
        shapes += _around(rules.gated, plan.gated, data, windows)
    elif windows:
        shapes += _around(rules.gated_bare, plan.gated_bare, data, windows)
        single |= gated
    for shape in sorted(single):
        shapes += rules.scan_shape(shape, data)
    return FirstPass(shapes, encoded, broken, word_hits)


def _named(hits: list[Hit], shapes: list[int]) -> tuple[list[Hit], bool]:
    """Hits of a database that begins with `shapes`, under their own ids; whether there are others too."""
    count = len(shapes)
    found = [(shapes[i], start, end) for i, start, end in hits if i < count]
    return found, len(found) < len(hits)


def _windows(places: list[int], data: bytes) -> list[list[int]]:
    """Where gated shapes can be: the merged surroundings of `places`, which rise; whole characters."""
    windows: list[list[int]] = []
    length = len(data)
    for place in places:
        low, high = place - _REACH, min(length, place + _REACH)
        if windows and low <= windows[-1][1]:
            windows[-1][1] = high
        else:
            windows.append([max(0, low), high])
    if not data.isascii():
        for window in windows:
            while window[0] > 0 and data[window[0]] & 0xC0 == 0x80:
                window[0] -= 1
            while window[1] < length and data[window[1]] & 0xC0 == 0x80:
                window[1] += 1
    return windows


def _around(
    database: Database, names: list[int], data: bytes, windows: list[list[int]]
) -> list[Hit]:
    """Hits of gated shapes under their own ids; only in `windows` where that is less work than everywhere."""
    if sum(high - low + _WINDOW_COST for low, high in windows) >= len(data):
        return [(names[i], start, end) for i, start, end in database.scan(data)]
    found: list[Hit] = []
    for low, high in windows:
        part = data[low:high]
        last = len(part) if high < len(data) else len(part) + 1
        for i, start, end in database.scan(part):
            # What touches a cut is no match of the whole text: those lie well inside.
            if end < last and (start or not low):
                found.append((names[i], low + start, low + end))
    return found


def _shapes_for(rules: CompiledRules, word_hits: list[Hit], data: bytes) -> frozenset[int]:
    """Shapes of the SITs that a word in the text may speak for."""
    plan = rules.plan
    camel = len(plan.keywords)
    found = {hit[0] for hit in word_hits}
    if camel in found:  # words inside identifiers
        split, _ = split_camel(data.decode(errors="replace"))
        found |= {hit[0] for hit in scan_words(rules, split.encode())}
    seen = {plan.keywords[i] for i in found if i < camel}
    return frozenset().union(*(plan.shapes_of_sit[sit] for sit in active_sits(plan, seen)))


def active_sits(plan: Plan, seen: set[int]) -> set[int]:
    """SITs that may have their evidence in a text where the words `seen` are; bare ones are not listed."""
    sits: frozenset[int] = frozenset().union(*(plan.sits_of_word[word] for word in seen))
    return {sit for sit in sits if plan.by_sit[sit].can_hold(seen)}


def scan_words(rules: CompiledRules, data: bytes) -> list[Hit]:
    """Hits of the word database; the padding gives words at either end their boundary."""
    return rules.words.scan(b"\n" + data + b"\n")


def read_words(
    rules: CompiledRules, words: WordHits, text: str, piece: Piece, hits: list[Hit] | None = None
) -> WordHits:
    """Fill `words` with what is seen in a piece of `text`; `hits` where `scan_words` has been asked."""
    hits = scan_words(rules, piece.data) if hits is None else hits
    plain = _bare(rules.plan, hits)
    words.add(rules.plan.words, in_characters(plain, piece), text)
    if len(plain) < len(hits):  # the trigger for camelCase
        split, parts = split_camel(piece.data.decode(errors="replace"))
        for word, start, end in (
            _bare(rules.plan, scan_words(rules, split.encode())) if parts else ()
        ):
            start, end = unsplit(parts, start, end)
            words.add(rules.plan.words, [(word, piece.offset + start, piece.offset + end)], text)
    words.read_regexes = lambda: _read_regexes(rules, words, text, piece)
    return words


def _read_regexes(rules: CompiledRules, words: WordHits, text: str, piece: Piece) -> None:
    names = rules.plan.regexes
    hits = [(names[i], start, end) for i, start, end in rules.regexes.scan(piece.data)]
    words.add(rules.plan.words, in_characters(hits, piece), text)


def _bare(plan: Plan, hits: list[Hit]) -> list[Hit]:
    """Word hits under their own ids, without boundary characters and the padding of `scan_words`."""
    count = len(plan.keywords)
    out: list[Hit] = []
    for i, start, end in hits:
        if i < count:
            word = plan.keywords[i]
            about = plan.words[word]
            out.append((word, start - 1 + about.lead, end - 1 - about.trail))
    return out


def in_characters(hits: Iterable[Hit], piece: Piece) -> list[Hit]:
    """Hits with bytes of `piece` turned into characters of the matching text."""
    if piece.is_ascii:
        offset = piece.offset
        return [(i, s + offset, e + offset) for i, s, e in hits] if offset else list(hits)
    hits = list(hits)
    where: dict[int, int] = {}
    last, count = 0, piece.offset
    for at in sorted({hit[1] for hit in hits} | {hit[2] for hit in hits}):
        count += len(piece.data[last:at].translate(None, _CONTINUATION))
        where[at] = count
        last = at
    return [(i, where[start], where[end]) for i, start, end in hits]


def _is_number_heavy(data: bytes) -> bool:
    middle = len(data) // 2
    sample = data
    if len(data) > 3 * _SAMPLE:
        sample = data[:_SAMPLE] + data[middle : middle + _SAMPLE] + data[-_SAMPLE:]
    return len(sample) - len(sample.translate(None, _DIGITS)) > NUMBER_HEAVY * len(sample)
