"""One text through the stages that find SITs: hits, candidates, evidence, confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitclassify import encodings
from sitclassify.compiler import CompiledRules
from sitclassify.encodings import Mark
from sitclassify.entities.finder import Entity, Finder, Reader
from sitclassify.hits import (
    NOTHING,
    FirstPass,
    first_pass,
)
from sitclassify.judgement import SEGMENT, Finding, Judgement, Trace
from sitclassify.known import Known
from sitclassify.results import Evidence
from sitclassify.text import SourceText

Span = tuple[int, int]
_BESIDE = 2_048  # characters that a value may go on beyond what was decoded
_HIDDEN = frozenset(("decoded:hidden-text",))


class Detector:
    """Finds SITs in texts. Safe to share between threads: what it builds late, it builds whole."""

    def __init__(self, rules: CompiledRules, reader: Reader | None = None) -> None:
        self.rules = rules
        self.known = Known(rules)
        self.reach = self.known.reach  # characters around a text that can matter to it
        self.entities = Finder(rules.ids, reader)

    def read(self, text: str) -> SourceText:
        """The matching text of a text."""
        return SourceText.of(text, self.rules.find_folds)

    def detect(
        self,
        source: SourceText,
        depth: int = 0,
        trace: list[Trace] | None = None,
        named: Iterable[Entity] | None = None,
    ) -> list[Finding]:
        """All graded and dismissed candidates of a text; offsets of the text that `source` was made of.

        `named`: the named entities of its matching text, where they are known already.
        """
        first = self._first(source)
        if first is NOTHING and not source.hidden and not self.entities:
            return []
        scan = Judgement(self.known, source, trace)
        scan.run(first)
        if scan.is_broken:
            source = source.with_joined_lines()
            scan = Judgement(self.known, source, trace)
            scan.run(self._first(source))
        findings = scan.findings
        if scan.marks and depth < encodings.MAX_DEPTH:
            findings += self._decoded(source, scan.marks, depth, trace)
        if self.entities and not depth:
            findings += self._named(
                self.entities.find([source.text])[0] if named is None else named
            )
        if not source.is_identity:
            findings = [f.through(source.original, frozenset()) for f in findings]
        if source.hidden and depth < encodings.MAX_DEPTH:
            findings += self._hidden(source, depth, trace)
        return findings

    def _first(self, source: SourceText) -> FirstPass | None:
        """The first pass over a whole text; None where the text is worked on in segments."""
        if len(source.text) <= 2 * SEGMENT or self.known.is_unbounded:
            return first_pass(self.rules, source.data, self.known.words_first)
        return None

    def _decoded(
        self, source: SourceText, marks: set[Mark], depth: int, trace: list[Trace] | None
    ) -> Iterator[Finding]:
        decoded = encodings.decode(source.text, marks)
        if decoded is None:
            return
        for low, high in decoded.windows(self.known.proximity + _BESIDE):
            inner = self.read(decoded.text[low:high])

            def place(start: int, end: int, low: int = low) -> Span:
                return decoded.source(low + start, low + end)

            for finding in self.detect(inner, depth + 1, trace):
                how = decoded.touched(low + finding.start, low + finding.end)
                if how is not None:
                    yield finding.through(place, frozenset((f"decoded:{how}",)))

    def _hidden(
        self, source: SourceText, depth: int, trace: list[Trace] | None
    ) -> Iterator[Finding]:
        """What is in invisible characters; their spans are already those of the text behind `source`."""
        for start, end, hidden in source.hidden:
            inner = self.read(hidden)
            for finding in self.detect(inner, depth + 1, trace):
                yield finding.through(lambda *_, span=(start, end): span, _HIDDEN)

    def _named(self, entities: Iterable[Entity]) -> Iterator[Finding]:
        """The named entities of a text: their SITs have no expressions, so no database is asked for them."""
        for sit, start, end, confidence, lead, layers in entities:
            if confidence >= self.known.sit(sit).wanted:
                told = (Evidence("introduction", *lead),) if lead else ()
                yield Finding(sit, start, end, confidence, told, layers, None, False, False)

    def warm(self) -> None:
        """Load every database and build every primary now."""
        self.known.warm()
