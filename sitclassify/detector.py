"""One text through the stages that find SITs: hits, candidates, evidence, confidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sitclassify import encodings
from sitclassify.boundaries import is_decimal, is_own_token
from sitclassify.candidates import Primary
from sitclassify.compiler import CompiledRules
from sitclassify.confidence import Hits, grade, one_level_lower
from sitclassify.evidence import Spans, WordHits, apart, find_evidence
from sitclassify.hits import (
    NOTHING,
    FirstPass,
    Piece,
    active_sits,
    first_pass,
    in_characters,
    read_words,
)
from sitclassify.labels import Tables, find_key
from sitclassify.placeholders import ReasonOf
from sitclassify.results import Evidence
from sitclassify.rules import MAX_PRIMARY, UNLIMITED, Need, distinct
from sitclassify.tables import NEAR, SitPlan, Use
from sitclassify.text import SourceText

Span = tuple[int, int]
SEGMENT = 1 << 20  # characters worked on at a time: bounds the lists of hits


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


class Detector:
    """Finds SITs in texts. Safe to share between threads: what it builds late, it builds whole."""

    def __init__(self, rules: CompiledRules) -> None:
        self.rules = rules
        self._primaries: dict[tuple[int, str], Primary] = {}
        self._reasons: dict[int, ReasonOf] = {}
        self.words_first: bool | None = None  # tests choose the order; None lets the text decide
        bounded = (p for s in rules.plan.by_sit for p in s.proximity.values() if p < UNLIMITED)
        self.reach = MAX_PRIMARY + max(bounded, default=0)
        self.is_unbounded = any(
            p == UNLIMITED for s in rules.plan.by_sit for p in s.proximity.values()
        )

    def detect(
        self, source: SourceText, depth: int = 0, trace: list[Trace] | None = None
    ) -> list[Finding]:
        """All graded and dismissed candidates of a text; offsets of the text that `source` was made of."""
        first = self._first(source)
        if first is NOTHING and not source.hidden:
            return []
        scan = _Scan(self, source, trace)
        seen = scan.run(first)
        if seen.is_broken:
            source = source.with_joined_lines()
            scan = _Scan(self, source, trace)
            seen = scan.run(self._first(source))
        findings = scan.findings
        if seen.is_encoded and depth < encodings.MAX_DEPTH:
            findings += self._decoded(source, depth, trace)
        if not source.is_identity:
            findings = [f.through(source.original, frozenset()) for f in findings]
        if source.hidden and depth < encodings.MAX_DEPTH:
            findings += self._hidden(source, depth, trace)
        return findings

    def _first(self, source: SourceText) -> FirstPass | None:
        """The first pass over a whole text; None where the text is worked on in segments."""
        if len(source.text) <= 2 * SEGMENT or self.is_unbounded:
            return first_pass(self.rules, source.data, self.words_first)
        return None

    def _decoded(
        self, source: SourceText, depth: int, trace: list[Trace] | None
    ) -> Iterator[Finding]:
        decoded = encodings.decode(source.text)
        if decoded is None:
            return
        inner = SourceText.of(decoded.text, self.rules.find_folds)
        for finding in self.detect(inner, depth + 1, trace):
            how = decoded.touched(finding.start, finding.end)
            if how is not None:
                yield finding.through(decoded.source, frozenset((f"decoded:{how}",)))

    def _hidden(
        self, source: SourceText, depth: int, trace: list[Trace] | None
    ) -> Iterator[Finding]:
        """What is in invisible characters; their spans are already those of the text behind `source`."""
        for start, end, hidden in source.hidden:
            inner = SourceText.of(hidden, self.rules.find_folds)
            for finding in self.detect(inner, depth + 1, trace):
                yield finding.through(lambda *_, span=(start, end): span, _HIDDEN)

    def reason_of(self, sit: int) -> ReasonOf:
        """What tells the placeholders of a SIT."""
        reason_of = self._reasons.get(sit)
        if reason_of is None:
            about = self.rules.plan.sits[sit]
            reason_of = self._reasons[sit] = ReasonOf(about.placeholders, about.category)
        return reason_of

    def warm(self) -> None:
        """Build every primary now."""
        for sit in range(len(self.rules.plan.sits)):
            self.reason_of(sit)
        for shape in self.rules.plan.shapes:
            for use in shape.uses:
                self.primary(use)

    def primary(self, use: Use) -> Primary:
        """The built form of a use's element."""
        key = (use.sit, use.element.name)
        primary = self._primaries.get(key)
        if primary is None:
            primary = self._primaries[key] = Primary(use.element)
        return primary


class _Label(NamedTuple):
    """The direct label of a value: where it stands, the words in it, is it a named column's header."""

    span: Span
    words: set[int]
    is_header: bool


class _Scan:
    """The work on one matching text."""

    def __init__(self, detector: Detector, source: SourceText, trace: list[Trace] | None) -> None:
        self._detector = detector
        self._plan = detector.rules.plan
        self._source = source
        self._text = source.text
        self._words = WordHits(self._plan.evidence)
        self._tables: Tables | None = None
        self._labels: dict[Span, _Label | None] = {}
        self._label_words: dict[str, set[int]] = {}
        self._accepted: dict[tuple[int, str], list[Span]] = {}
        self._own: dict[tuple[int, str], Spans] = {}  # the accepted of an element as evidence
        self._trace = trace
        self.findings: list[Finding] = []

    def run(self, first: FirstPass | None) -> FirstPass:
        """Fill `findings`; returns the first pass: that over the whole text, or what all segments have seen."""
        source, text = self._source, self._text
        if first is not None:
            self._segment(Piece(source.data, 0, source.is_ascii), 0, len(text), first)
            return first
        encoded = broken = False
        for low in range(0, len(text), SEGMENT):
            high = min(low + SEGMENT, len(text))
            start = max(0, low - self._detector.reach)
            part = text[start : high + self._detector.reach]
            piece = Piece(part.encode(), start, part.isascii())
            seen = first_pass(self._detector.rules, piece.data, self._detector.words_first)
            self._segment(piece, low, high, seen)
            encoded |= seen.is_encoded
            broken |= seen.is_broken
        return FirstPass([], encoded, broken, None)

    def _segment(self, piece: Piece, low: int, high: int, seen: FirstPass) -> None:
        """Judge the candidates that start in [low, high), seeing what is in `piece`."""
        if not seen.shapes:
            return
        rules, plan = self._detector.rules, self._plan
        spans: dict[int, list[Span]] = {}
        for shape_id, start, end in in_characters(seen.shapes, piece):
            spans.setdefault(shape_id, []).append((start, end))
        self._words = read_words(rules, WordHits(plan.evidence), self._text, piece, seen.words)
        active = active_sits(plan, self._words.word_ids())
        self._accepted, self._own = {}, {}
        pending: list[tuple[Use, Primary, list[Span]]] = []
        for shape_id in sorted(spans):
            shape = plan.shapes[shape_id]
            for use in shape.uses:
                if use.sit in active or use.element.name in plan.by_sit[use.sit].bare:
                    primary = self._detector.primary(use)
                    found = self._candidates(use, primary, shape.mode, spans[shape_id])
                    pending.append((use, primary, [s for s in found if low <= s[0] < high]))
        first = len(self.findings)
        for use, primary, found in pending:
            for span in found:
                self._judge(use, primary, span)
        if len(self.findings) > first + 1:
            self._tell_labels(first)

    def _candidates(self, use: Use, primary: Primary, mode: int, hits: list[Span]) -> list[Span]:
        """Accepted spans not yet seen for this element."""
        near = use.element.near
        reach = self._plan.by_sit[use.sit].proximity[near] if near else 0
        accepted = self._accepted.setdefault((use.sit, use.element.name), [])
        found = list(dict.fromkeys(primary.candidates(mode, hits, self._text, reach)))
        if accepted:
            known = set(accepted)
            found = [span for span in found if span not in known]
        accepted += found
        if self._trace is not None and mode != NEAR:
            for span in sorted(set(hits) - set(found)):
                self._tell(use, span, "refused by its filters or its validator")
        return found

    def _judge(self, use: Use, primary: Primary, span: Span) -> None:
        plan = self._plan.by_sit[use.sit]
        graded = grade(
            plan.tiers,
            None if use.reason else use.element.name,
            lambda need: self._find(plan, use.sit, need, span),
        )
        if graded is None:
            self._tell(use, span, "no tier holds: evidence is missing")
            return
        tier, evidence = graded
        confidence = tier.confidence
        if primary.soft is not None and not primary.soft(self._text[span[0] : span[1]]):
            confidence = one_level_lower(confidence)
            if confidence < plan.sit.wanted:
                self._tell(use, span, "its public check digit is wrong")
                return
        refusal = self._refusal(use, primary, span, plan)
        if refusal:
            self._tell(use, span, refusal)
        else:
            self._found(use, primary, span, confidence, evidence)

    def _refusal(self, use: Use, primary: Primary, span: Span, plan: SitPlan) -> str | None:
        """Why the place of a graded candidate speaks against it."""
        is_part = use.element.maximal and not is_own_token(self._text, *span)
        if is_part and (is_decimal(self._text, *span) or not self._is_labelled(plan, span)):
            return "part of a longer token"
        if primary.has_checksum or use.reason or plan.sit.category in _SELF_TELLING:
            return None
        label = self._label(span)
        if label is not None and not label.words & plan.own_words:
            if label.words:
                return "its label names another type"
            if label.is_header:
                return "it stands in a column of another name"
        return None

    def _found(
        self, use: Use, primary: Primary, span: Span, confidence: int, evidence: dict[str, Hits]
    ) -> None:
        plan = self._plan.by_sit[use.sit]
        sit = plan.sit
        value = self._text[span[0] : span[1]]
        plain = distinct(value)
        tags: frozenset[str] = frozenset()
        reason = use.reason
        if reason is None and plain in sit.test_values:
            tags = _TEST_VALUE
        elif reason is None:
            reason = self._detector.reason_of(use.sit)(value, plain)
        told = tuple(Evidence(name, *hit) for name, hits in evidence.items() for hit in hits)
        self._tell(use, span, f"dismissed: {reason}" if reason else f"confidence {confidence}")
        finding = Finding(
            use.sit, *span, confidence, told, tags, reason, primary.has_checksum, False
        )
        self.findings.append(finding)

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
        if self._is_labelled(self._plan.by_sit[finding.sit], (finding.start, finding.end)):
            self.findings[i] = finding._replace(is_labelled=True)

    def _find(self, plan: SitPlan, sit: int, need: Need, span: Span) -> Hits | None:
        """The hits that meet one need of a tier: near the value, or in its label."""
        proximity = plan.proximity[need.element]
        index = plan.evidence.get(need.element)
        if index is None:  # the primary's own element: its other matches
            key = (sit, need.element)
            if key not in self._own:
                self._own[key] = apart(self._accepted.get(key, []))
            spans = self._own[key]
            return find_evidence(spans, span, proximity, need, self._text)
        spans = self._words.spans(index, self._accept(index), self._text)
        found = find_evidence(spans, span, proximity, need, self._text)
        if found is None and need.min_count == 1:
            label = self._label(span)
            if label is not None and label.words & self._plan.evidence[index].words:
                return [label.span]
        return found

    def _accept(self, index: int) -> Callable[[str], bool] | None:
        """What an evidence element asks of its matches besides the expression."""
        element = self._plan.evidence[index].element
        if element.validator is None and not element.filters:
            return None
        primary = self._detector.primary(Use(-1 - index, element, None))
        return lambda value: primary.accepts(value, 0, len(value))

    def _is_labelled(self, plan: SitPlan, span: Span) -> bool:
        label = self._label(span)
        return label is not None and bool(label.words & plan.own_words)

    def _label(self, span: Span) -> _Label | None:
        """The direct label of a value: its key, or the header above it."""
        if span not in self._labels:
            self._labels[span] = self._read_label(span)
        return self._labels[span]

    def _read_label(self, span: Span) -> _Label | None:
        where = find_key(self._text, span[0])
        is_header = where is None
        if where is None:
            if self._tables is None:
                self._tables = Tables(self._text)
            where = self._tables.find_header(*span)
            if where is None:
                return None
        text = self._text[where[0] : where[1]]
        words = self._label_words.get(text)
        if words is None:
            piece = Piece(text.encode(), 0, text.isascii())
            seen = read_words(self._detector.rules, WordHits(self._plan.evidence), text, piece)
            words = self._label_words[text] = seen.word_ids()
        is_header = is_header and text.upper() != text.lower() and not any(map(str.isdigit, text))
        return _Label(where, words, is_header)

    def _tell(self, use: Use, span: Span, outcome: str) -> None:
        if self._trace is not None:
            self._trace.append(Trace(use.sit, use.element.name, *span, outcome))


_TEST_VALUE = frozenset(("test-value",))
_HIDDEN = frozenset(("decoded:hidden-text",))
# Their form says what they are: a rival's label says nothing against these.
_SELF_TELLING = frozenset(("credential", "network", "contact"))
