"""The candidates of one matching text, judged: what stands for them, what speaks against them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sitclassify.boundaries import is_decimal, is_of_rows, is_own_token
from sitclassify.columns import Columns
from sitclassify.confidence import Find, Hits, grade, one_level_lower
from sitclassify.encodings import Mark
from sitclassify.evidence import Spans, WordHits, apart, find_evidence
from sitclassify.hits import (
    FirstPass,
    Piece,
    first_pass,
    in_characters,
    marks_in_characters,
    read_words,
    word_windows,
)
from sitclassify.known import Case, Known, KnownSit
from sitclassify.labels import find_key
from sitclassify.matcher import Hit
from sitclassify.results import Evidence
from sitclassify.rules import distinct
from sitclassify.tables import NEAR, Demand, Use
from sitclassify.text import SourceText

Span = tuple[int, int]
SEGMENT = 1 << 20  # characters worked on at a time: bounds the lists of hits
_WINDOWED = 8_192  # bytes: in longer pieces words are asked around candidates only
_LOCAL = 4_096  # bytes: in shorter pieces the words of a label are among those of the text
_TEST_VALUE = frozenset(("test-value",))


class Finding(NamedTuple):
    """A graded candidate, or a dismissed one (`reason`)."""

    sit: int
    start: int
    end: int
    confidence: int
    evidence: tuple[Evidence, ...]
    tags: frozenset[str]
    reason: str | None
    has_checksum: bool
    is_labelled: bool

    def through(self, place: Callable[[int, int], Span], tags: frozenset[str]) -> Finding:
        """The same with other offsets: `place` gives the span that a span of this text came from."""
        evidence = tuple(Evidence(e.element, *place(e.start, e.end)) for e in self.evidence)
        start, end = place(self.start, self.end)
        return self._replace(start=start, end=end, evidence=evidence, tags=self.tags | tags)


class Trace(NamedTuple):
    """What became of one candidate, for `explain`; offsets of the matching text."""

    sit: int
    element: str
    start: int
    end: int
    outcome: str


class _Label(NamedTuple):
    """The direct label of a value: where it stands, the elements it speaks for, is it a named column's header."""

    span: Span
    elements: int  # as bits
    is_header: bool


class Judgement:
    """The work on one matching text."""

    def __init__(self, known: Known, source: SourceText, trace: list[Trace] | None) -> None:
        self._known = known
        self._rules = known.rules
        self._source = source
        self._text = source.text
        self._piece: Piece
        self._seen: FirstPass
        self._read_words: WordHits | None = None
        self._columns: Columns | None = None
        self._labels: dict[Span, _Label | None] = {}
        self._named: dict[Span, list[int]] = {}  # of columns, and the shapes of their cells
        self._header_of: dict[Span, Span] = {}  # the header above such a cell
        self._elements_of_label: dict[str, int] = {}
        self._holding: dict[int, bool] = {}  # SITs that may have their evidence in the piece
        self._accepted: dict[tuple[int, str], list[Span]] = {}
        self._own: dict[tuple[int, str], Spans] = {}  # the accepted of an element as evidence
        self._trace = trace
        self.findings: list[Finding] = []
        self.marks: set[Mark] = set()  # what may be decoded
        self.is_broken = False  # a number may go on in the next line

    def run(self, first: FirstPass | None) -> None:
        """Fill `findings`; `first` is the first pass over the whole text, None for one in segments."""
        source, text = self._source, self._text
        if first is not None:
            self._segment(Piece(source.data, 0, source.is_ascii), 0, len(text), first)
            return
        known = self._known
        for low in range(0, len(text), SEGMENT):
            high = min(low + SEGMENT, len(text))
            start = max(0, low - known.reach)
            part = text[start : high + known.reach]
            piece = Piece(part.encode(), start, part.isascii())
            seen = first_pass(self._rules, piece.data, known.words_first)
            self._segment(piece, low, high, seen)

    def _segment(self, piece: Piece, low: int, high: int, seen: FirstPass) -> None:
        """Judge the candidates that start in [low, high), seeing what is in `piece`."""
        if seen.marks:
            self.marks.update(marks_in_characters(seen.marks, piece))
        self.is_broken |= seen.is_broken
        if not seen.shapes and not self._named:
            return
        self._piece, self._seen, self._read_words = piece, seen, None
        self._holding, self._accepted, self._own = {}, {}, {}
        hits: dict[int, list[Span]] = {}
        for number, start, end in in_characters(seen.shapes, piece):
            hits.setdefault(number, []).append((start, end))
        self._read_cells(hits, low, high)
        pending: list[tuple[Case, Span]] = []
        cases = self._known.cases
        for number in sorted(hits):
            spans = hits[number]
            for case in cases(number):
                if not case.needs_word or self._can_hold(case.use.sit):
                    for span in self._candidates(case, spans):
                        if low <= span[0] < high:
                            pending.append((case, span))
        first = len(self.findings)
        best: dict[tuple[int, Span], int] = {}  # of a SIT's value, by its earlier elements
        for case, span in pending:
            place = (case.use.sit, span)
            if best.get(place, 0) < case.highest or self._trace is not None:
                confidence = self._judge(case, span)
                if case.use.reason is None and confidence > best.get(place, 0):
                    best[place] = confidence
        if len(self.findings) > first + 1:
            self._tell_labels(first)

    def _read_cells(self, hits: dict[int, list[Span]], low: int, high: int) -> None:
        """Put the cells below in the place of names of columns, also of those in earlier segments."""
        for number in hits.keys() & self._rules.headings:
            name = self._known.cases(number)[0].primary.column
            for _, place in hits.pop(number):
                header = self._read_columns().find_column(place)
                if header is not None and name is not None and name.fullmatch(self._text, *header):
                    numbers = self._named.setdefault(header, [])
                    if number not in numbers:
                        numbers.append(number)
        if self._named:
            for header, cell in self._read_columns().cells_below(self._named, low, high):
                self._header_of[cell] = header
                for number in self._named[header]:
                    hits.setdefault(number, []).append(cell)

    @property
    def _words(self) -> WordHits:
        """The words of the piece, read when first asked for."""
        if self._read_words is None:
            self._read_words = self._read(self._piece, self._seen)
        return self._read_words

    def _read(self, piece: Piece, seen: FirstPass) -> WordHits:
        """Read the words of a piece: all of a short one, else those that its candidates can see."""
        windows: list[Span] | None = None
        is_long = len(piece.data) > _WINDOWED and not self._known.is_unbounded
        if is_long and seen.words is None:
            windows = word_windows(seen.shapes, self._known.proximity, piece)
        words = read_words(self._rules, self._text, piece, seen.words, windows)
        if windows is not None or piece.offset:  # the header of a table may be out of sight
            for header in self._headers(seen.shapes, piece):
                words.seen |= self._read_label(self._text[header[0] : header[1]])
        return words

    def _headers(self, hits: list[Hit], piece: Piece) -> set[Span]:
        """The header lines of the tables that hits stand in."""
        starts = [(number, start, start) for number, start, _ in hits]
        columns = self._read_columns()
        found = (columns.find_top(start) for _, start, _ in in_characters(starts, piece))
        return {top for top in found if top is not None}

    def _can_hold(self, sit: int) -> bool:
        holds = self._holding.get(sit)
        if holds is None:
            table = self._rules.tables.sits[sit]
            holds = self._holding[sit] = table.can_hold(self._words.seen)
        return holds

    def _candidates(self, case: Case, hits: list[Span]) -> list[Span]:
        """Accepted spans not yet seen for this element."""
        primary, use = case.primary, case.use
        if primary.is_dear and not use.is_bare:  # its evidence is cheaper to look for
            hits = [span for span in hits if grade(case.rungs, self._finder(case.known, span))]
        found = primary.candidates(case.mode, hits, self._text, case.reach)
        accepted = self._accepted.get(case.key)
        if accepted is None:
            if len(found) > 1:
                found = list(dict.fromkeys(found))
            self._accepted[case.key] = found
        elif found:
            known_spans = set(accepted)
            found = [span for span in dict.fromkeys(found) if span not in known_spans]
            self._accepted[case.key] = accepted + found
        if self._trace is not None and case.mode != NEAR:
            for span in sorted(set(hits) - set(found)):
                self._tell(use, span, "refused by its filters or its validator")
        return found

    def _judge(self, case: Case, span: Span) -> int:
        """Add the finding that a candidate is; its confidence, 0 where it is none."""
        known, use, primary = case.known, case.use, case.primary
        graded = grade(case.rungs, self._finder(known, span))
        if graded is None:
            self._tell(use, span, "no tier holds: evidence is missing")
            return 0
        confidence, evidence = graded
        if primary.column is not None:
            evidence = {"header": [self._header_of[span]]}
        if primary.soft is not None and not primary.soft(self._text[span[0] : span[1]]):
            confidence = one_level_lower(confidence)
            if confidence < known.wanted:
                self._tell(use, span, "its public check digit is wrong")
                return 0
        refusal = self._refusal(case, span)
        if refusal:
            self._tell(use, span, refusal)
            return 0
        self._found(case, span, confidence, evidence)
        return confidence

    def _refusal(self, case: Case, span: Span) -> str | None:
        """Why the place of a graded candidate speaks against it."""
        known, primary = case.known, case.primary
        if primary.column is not None:
            return None
        is_part = primary.element.maximal and not is_own_token(self._text, *span)
        if is_part and (is_decimal(self._text, *span) or not self._is_labelled(known, span)):
            return "part of a longer token"
        if case.is_told:
            return None
        if is_of_rows(self._text, *span):
            return "made of the rows of a list"
        if primary.has_checksum:
            return None
        label = self._label(span)
        if label is not None and not label.elements & known.elements:
            if label.elements:
                return "its label names another type"
            if label.is_header:
                return "it stands in a column of another name"
        return None

    def _found(self, case: Case, span: Span, confidence: int, evidence: dict[str, Hits]) -> None:
        known, use = case.known, case.use
        value = self._text[span[0] : span[1]]
        plain = distinct(value)
        tags: frozenset[str] = frozenset()
        reason = use.reason
        if reason is None and plain in known.test_values:
            tags = _TEST_VALUE
        elif reason is None:
            reason = known.reason_of(value, plain)
        told = tuple([Evidence(name, *hit) for name, hits in evidence.items() for hit in hits])
        if self._trace is not None:
            outcome = f"dismissed: {reason}" if reason else f"confidence {confidence}"
            self._tell(use, span, outcome)
        has_checksum = case.primary.has_checksum
        self.findings.append(
            Finding(use.sit, *span, confidence, told, tags, reason, has_checksum, False)
        )

    def _tell_labels(self, first: int) -> None:
        """Mark the labelled ones among findings that overlap: only these compete in `best()`."""
        order = sorted(range(first, len(self.findings)), key=lambda i: self.findings[i].start)
        end, last = -1, -1
        for i in order:
            finding = self.findings[i]
            if finding.start < end:
                self._tell_label(last)
                self._tell_label(i)
            if finding.end > end:
                end, last = finding.end, i

    def _tell_label(self, i: int) -> None:
        finding = self.findings[i]
        if self._is_labelled(self._known.sit(finding.sit), (finding.start, finding.end)):
            self.findings[i] = finding._replace(is_labelled=True)

    def _finder(self, known: KnownSit, span: Span) -> Find:
        """What finds the hits that meet one demand of a tier: near the value, or in its label."""

        def find(demand: Demand) -> Hits | None:
            index = demand.supporting
            if index is None:
                return self._find_own(known, demand, span)
            spans = self._words.spans(index, self._accept, self._text)
            found = find_evidence(spans, span, demand, self._text) if spans[0] else None
            if found is None and demand.min_count == 1:
                label = self._label(span)
                if label is not None and label.elements >> index & 1:
                    return [label.span]
            return found

        return find

    def _find_own(self, known: KnownSit, demand: Demand, span: Span) -> Hits | None:
        """Other matches of a primary element as evidence."""
        key = (known.number, demand.element)
        spans = self._own.get(key)
        if spans is None:
            spans = self._own[key] = apart(self._accepted.get(key, []))
        return find_evidence(spans, span, demand, self._text)

    def _accept(self, index: int) -> Callable[[str], bool]:
        """What a picky evidence element asks of its matches besides the expression."""
        about = self._rules.tables.supporting[index]
        primary = self._known.sit(about.sit).primary(Use(about.sit, about.element, None, False))
        return lambda value: primary.accepts(value, 0, len(value))

    def _is_labelled(self, known: KnownSit, span: Span) -> bool:
        label = self._label(span)
        return label is not None and bool(label.elements & known.elements)

    def _label(self, span: Span) -> _Label | None:
        """The direct label of a value: its key, or the header above it."""
        if span not in self._labels:
            self._labels[span] = self._find_label(span)
        return self._labels[span]

    def _find_label(self, span: Span) -> _Label | None:
        where = find_key(self._text, span[0])
        if where is not None:
            if len(self._piece.data) <= _LOCAL and not self._piece.offset:
                return _Label(where, self._words.elements_inside(*where), False)
            return _Label(where, self._read_label(self._text[where[0] : where[1]]), False)
        where = self._read_columns().find_header(*span)
        if where is None:
            return None
        text = self._text[where[0] : where[1]]
        is_header = text.upper() != text.lower() and not any(map(str.isdigit, text))
        return _Label(where, self._read_label(text), is_header)

    def _read_columns(self) -> Columns:
        if self._columns is None:
            self._columns = Columns(self._text)
        return self._columns

    def _read_label(self, text: str) -> int:
        """The supporting elements that a label has words of, as bits."""
        elements = self._elements_of_label.get(text)
        if elements is None:
            piece = Piece(text.encode(), 0, text.isascii())
            elements = self._elements_of_label[text] = read_words(self._rules, text, piece).seen
        return elements

    def _tell(self, use: Use, span: Span, outcome: str) -> None:
        if self._trace is not None:
            self._trace.append(Trace(use.sit, use.element, *span, outcome))
