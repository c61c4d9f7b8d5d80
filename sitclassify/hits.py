"""What the databases see in one piece of text, asked in the order that costs least.

Prose is asked for literals and for places where a number or an id may be, and mostly that is all. Shapes are asked
around places only. Number-heavy text is asked for the words of evidence first, since a number without its word is
nothing. Which comes first never changes what is found.
"""

from __future__ import annotations

from typing import NamedTuple

from sitclassify.columns import is_header
from sitclassify.compiler import CompiledRules, Part
from sitclassify.encodings import KINDS, Mark
from sitclassify.evidence import HARMLESS, JOINING, WordHits, split_camel, unsplit
from sitclassify.labels import MAX_LABEL
from sitclassify.matcher import Hit
from sitclassify.rules import UNLIMITED
from sitclassify.tables import COLUMN, NEAR
from sitclassify.windows import EDGE, Excerpt, Windows, around, merged, scan_windows

Span = tuple[int, int]
NUMBER_HEAVY = 0.10  # share of digits from which the words are asked first
_SHORT = 1024  # bytes: below, the shapes are cheap whatever the text
_SAMPLE = 1024  # bytes looked at in each of three places
_GATED_COST = 20  # asking for all gated shapes costs that many times asking for words
_WORDED = 4_096  # bytes: in shorter texts, words cost less than they save
_MANY_WAITING = 24  # sets of shapes: more are asked all together
_BYTES = 4  # of one character, at most
_LINES = len(KINDS)  # the mark behind those of the encodings: a number over several lines
_DIGITS = b"0123456789"
_CONTINUATION = bytes(range(0x80, 0xC0))  # the bytes of a character behind its first


class Piece(NamedTuple):
    """A piece of the matching text: its bytes, and where in the text it begins (characters)."""

    data: bytes
    offset: int
    is_ascii: bool


class FirstPass(NamedTuple):
    """Hits of shapes (bytes), what may be decoded (kind, end in bytes), and what was asked on the way."""

    shapes: list[Hit]
    marks: list[Mark]
    is_broken: bool  # a number in it may go on in the next line
    words: list[Hit] | None  # where the words came first


NOTHING = FirstPass([], [], False, None)


def first_pass(rules: CompiledRules, data: bytes, words_first: bool | None = None) -> FirstPass:
    """Ask the databases; `words_first` None lets the text decide."""
    seen = _opened(rules, data)
    if words_first is None:
        words_first = len(data) >= _SHORT and _is_number_heavy(data)
    if words_first:
        return _by_words(rules, data, seen, None)
    places = find_places(rules, data)
    if not places:
        return seen
    if len(data) >= _WORDED:
        windows = around(places, rules.gated_width, data)
        if sum([high - low for low, high in windows]) * _GATED_COST < len(data):
            return _gated(rules, data, seen, places)
    return _by_words(rules, data, seen, places)


def every_pass(rules: CompiledRules, data: bytes) -> FirstPass:
    """Hits of every shape, whatever the words: a text that goes on may still bring these."""
    seen = _opened(rules, data)
    parts = rules.called
    if find_places(rules, data):
        parts = [*parts, *rules.gated, *rules.wide]
    shapes = [
        (part.shapes[i], start, end) for part in parts for i, start, end in part.database.scan(data)
    ]
    return seen._replace(shapes=seen.shapes + shapes)


def find_places(rules: CompiledRules, data: bytes) -> list[int]:
    """Where a number or a code of letters and digits may be: ends of what the gates see, rising."""
    numbers = [end for _, _, end in rules.numbers.scan(data)]
    codes = [end for _, _, end in rules.codes.scan(data)]
    return sorted(numbers + codes) if numbers and codes else numbers or codes


def _opened(rules: CompiledRules, data: bytes) -> FirstPass:
    """What is asked of every text: shapes that tell themselves, words that call for others, and marks."""
    hits = rules.open.scan(data)
    calls = rules.callers.scan(data)
    is_long = rules.runs.scan(data)
    if not hits and not calls and not is_long:
        return NOTHING
    tables = rules.tables
    marks: list[Mark] = []
    ended: list[tuple[int, int]] = []
    is_broken = False
    for i, _, end in hits:
        kind = i - len(tables.open) + 1
        if kind <= 0:
            ended.append((tables.open[i], end))
        elif kind == _LINES:
            is_broken = True
        else:
            marks.append((kind, end))
    if is_long:
        ended += [(tables.keys[i], end) for i, _, end in rules.keys.scan(data)]
        marks += [(0, end) for _, _, end in rules.tokens.scan(data)]
    count = len(tables.callers)
    ended += [(tables.callers[i], end) for i, _, end in calls if i < count]
    shapes = _begun(rules, data, ended) if ended else []
    spoken = [(i - count, end) for i, _, end in calls if i >= count]
    if spoken:
        shapes += _called(rules, data, spoken)
    return FirstPass(shapes, marks, is_broken, None)


def _begun(rules: CompiledRules, data: bytes, ended: list[tuple[int, int]]) -> list[Hit]:
    """Shapes of which the ends are known, with the starts that the databases do not tell."""
    tables = rules.tables
    found: list[Hit] = []
    unknown: Windows = []
    for number, end in ended:
        shape = tables.shapes[number]
        if shape.is_fixed or shape.mode in (NEAR, COLUMN):
            found.append((number, end - shape.width if shape.is_fixed else end, end))
        else:
            unknown.append((max(0, end - shape.width - EDGE), min(len(data), end + EDGE)))
    if unknown:
        found += scan_windows(rules.spans, tables.spans, data, merged(unknown, data))
    return found


def _called(rules: CompiledRules, data: bytes, calls: list[tuple[int, int]]) -> list[Hit]:
    """Shapes around the words that call for them: near such a word, or anywhere in its column."""
    ends: dict[int, list[int]] = {}
    for number, end in calls:
        for sit in rules.tables.calls[number]:
            ends.setdefault(sit, []).append(end)
    found: list[Hit] = []
    for sit, places in ends.items():
        called = rules.called[sit]
        reach = called.reach if data.isascii() else called.reach * _BYTES
        if reach >= UNLIMITED or any(is_header(data, place) for place in places):
            windows = [(0, len(data))]
        else:
            windows = around(places, called.width + reach, data)
        found += scan_windows(called.database, called.shapes, data, windows)
    return found


def _by_words(
    rules: CompiledRules, data: bytes, seen: FirstPass, places: list[int] | None
) -> FirstPass:
    """Ask for the words, then around `places` (None: everywhere) for the shapes that wait for them, or for nothing."""
    words = scan_words(rules, data)
    waiting = rules.waiting_for({word for word, _, _ in words})
    if len(waiting) > _MANY_WAITING:
        return _gated(rules, data, seen, places)._replace(words=words)
    rows = rules.dense.scan(data)
    if len(data) >= _WORDED:
        shapes = _around_places(rules, data, waiting, places, rows)
    else:
        shapes = []
        parts = [rules.bare, *_unguarded(rules, data), *waiting]
        if rows:
            parts.append(rules.cards)
        for part in parts:
            hits = part.database.scan(data)
            if hits:
                names = part.shapes
                shapes += [(names[i], start, end) for i, start, end in hits]
    if waiting:  # a shape may be in several
        shapes = list(dict.fromkeys(shapes))
    return FirstPass(seen.shapes + shapes, seen.marks, seen.is_broken, words)


def _unguarded(rules: CompiledRules, data: bytes) -> list[Part]:
    """The bare shapes of which `data` holds the gate."""
    return [rules.guarded[i] for i, _, _ in rules.guards.scan(data)]


def _around_places(
    rules: CompiledRules,
    data: bytes,
    waiting: list[Part],
    places: list[int] | None,
    rows: list[Hit],
) -> list[Hit]:
    """Hits around `places` of a long text, None: everywhere; those of cards around `rows` of digits."""
    narrow = wide = Excerpt(data)
    if places is not None:
        narrow = Excerpt(data, around(places, rules.gated_width, data), rules.gated_width)
        wide = Excerpt(data, around(places, rules.wide_width, data), rules.wide_width)
    shapes: list[Hit] = []
    for part in (rules.bare, *_unguarded(rules, wide.data)):
        shapes += wide.scan(part.database, part.shapes)
    if rows:
        width = rules.cards.width
        cards = Excerpt(data, around([end for _, _, end in rows], width, data), width)
        shapes += cards.scan(rules.cards.database, rules.cards.shapes)
    for part in waiting:
        excerpt = narrow if part.width <= rules.gated_width else wide
        shapes += excerpt.scan(part.database, part.shapes)
    return shapes


def _gated(
    rules: CompiledRules, data: bytes, seen: FirstPass, places: list[int] | None
) -> FirstPass:
    """Ask for all gated shapes around `places`, None: everywhere."""
    shapes = list(seen.shapes)
    for parts, width in ((rules.gated, rules.gated_width), (rules.wide, rules.wide_width)):
        windows = None if places is None else around(places, width, data)
        excerpt = Excerpt(data, windows, width)
        for part in parts:
            shapes += excerpt.scan(part.database, part.shapes)
    return seen._replace(shapes=shapes)


def scan_words(rules: CompiledRules, data: bytes) -> list[Hit]:
    """Hits of words under their own numbers (bytes, without boundaries), also of those inside camelCase."""
    padded = b"\n" + data + b"\n"  # words at either end have their boundary, too
    hits = rules.words.scan(padded)
    if not hits:
        return hits
    edges = rules.edges
    camel = len(edges)
    found: list[Hit] = []
    has_camel = False
    for i, start, end in hits:
        if i == camel:
            has_camel = True
            continue
        word, lead, trail = edges[i]
        end -= trail + 1
        if padded[end + 1] not in JOINING or not HARMLESS.match(data, end):
            found.append((word, start + lead - 1, end))
    if has_camel:
        found += _camel_words(rules, data)
    return found


def _camel_words(rules: CompiledRules, data: bytes) -> list[Hit]:
    """Hits of words inside camelCase identifiers."""
    split, parts = split_camel(data)
    edges = rules.edges
    found: list[Hit] = []
    for i, start, end in rules.words.scan(b"\n" + split + b"\n") if parts else ():
        if i < len(edges):
            word, lead, trail = edges[i]
            start, end = unsplit(parts, start - 1 + lead, end - 1 - trail)
            if not HARMLESS.match(data, end):
                found.append((word, start, end))
    return found


def read_words(
    rules: CompiledRules,
    text: str,
    piece: Piece,
    hits: list[Hit] | None = None,
    windows: Windows | None = None,
) -> WordHits:
    """The words in a piece of `text`; `hits` where `scan_words` has been asked, else only in `windows` of bytes."""
    words = WordHits(rules.tables)
    if hits is None and windows is not None:
        excerpt = Excerpt(piece.data, windows)
        hits = excerpt.back(scan_words(rules, excerpt.data))
    elif hits is None:
        hits = scan_words(rules, piece.data)
    words.add(in_characters(hits, piece), text, piece.is_ascii and text.isascii())

    def read_regexes() -> None:
        names = rules.tables.regexes
        late = [(names[i], start, end) for i, start, end in rules.regexes.scan(piece.data)]
        words.add(in_characters(late, piece), text, True)

    words.read_regexes = read_regexes
    return words


def word_windows(shapes: list[Hit], proximity: int, piece: Piece) -> Windows | None:
    """Bytes around hits of shapes in which their words and keys stand; None where that is most of the piece."""
    reach = max(proximity, MAX_LABEL * 2) * (1 if piece.is_ascii else _BYTES) + EDGE
    size = len(piece.data)
    spans = [(max(0, start - reach), min(size, end + reach)) for _, start, end in shapes]
    windows = merged(spans, piece.data)
    return windows if 2 * sum(high - low for low, high in windows) < size else None


def in_characters(hits: list[Hit], piece: Piece) -> list[Hit]:
    """Hits with bytes of `piece` turned into characters of the matching text."""
    offset = piece.offset
    if piece.is_ascii:
        return [(i, s + offset, e + offset) for i, s, e in hits] if offset else hits
    where = _characters(piece, {at for hit in hits for at in hit[1:]})
    return [(i, where[start], where[end]) for i, start, end in hits]


def _characters(piece: Piece, places: set[int]) -> dict[int, int]:
    """Offset in characters of each offset in bytes."""
    where: dict[int, int] = {}
    last, count = 0, piece.offset
    for at in sorted(places):
        count += len(piece.data[last:at].translate(None, _CONTINUATION))
        where[at] = count
        last = at
    return where


def marks_in_characters(marks: list[Mark], piece: Piece) -> list[Mark]:
    """The same for what may be decoded."""
    return [(kind, end) for kind, _, end in in_characters([(k, e, e) for k, e in marks], piece)]


def _is_number_heavy(data: bytes) -> bool:
    middle = len(data) // 2
    sample = data
    if len(data) > 3 * _SAMPLE:
        sample = data[:_SAMPLE] + data[middle : middle + _SAMPLE] + data[-_SAMPLE:]
    return len(sample) - len(sample.translate(None, _DIGITS)) > NUMBER_HEAVY * len(sample)
