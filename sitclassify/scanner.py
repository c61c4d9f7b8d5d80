"""The scanner: text in, `ScanResult` out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from sitclassify.results import About, Classification, Detection, ScanResult
from sitclassify.rules import Sit

if TYPE_CHECKING:
    from sitclassify.detector import Detector
    from sitclassify.entities.finder import Entity
    from sitclassify.judgement import Trace
    from sitclassify.pending import Pending
    from sitclassify.selection import Selection
    from sitclassify.stream import Stream
    from sitclassify.text import SourceText

Classify = Callable[[str], tuple[Classification, ...]]
_TOGETHER = 64  # texts that a pipeline reads at once
HIDDEN_TEXT = "hidden-text"  # the SIT that text in invisible characters is a finding of


class Scanner:
    """Finds sensitive information in texts. Made by `sitclassify.load`; safe to share between threads."""

    def __init__(
        self,
        detector: Detector,
        selection: Selection,
        about: About,
        sits: Mapping[str, Sit],
        classify: Classify | None,
        classifiers: Mapping[str, Any],
        remake: Callable[[], Scanner],
    ) -> None:
        self._detector = detector
        self._selection = selection
        self._about = about
        self._classify = classify
        self._remake = remake
        self._context = detector.reach  # characters of context that can matter
        self._pending: Pending | None = None  # built at the first stream
        self.sits = sits
        self.classifiers = classifiers

    def scan(self, text: str, *, id: str | None = None, context: str | None = None) -> ScanResult:
        """Scan one text.

        `context` is text that is thought to stand just before: evidence only, never reported. Raises
        `TypeError` for arguments of other types and nothing else, whatever the text.
        """
        if not isinstance(text, str) or not isinstance(context, (str, type(None))):
            raise TypeError(
                f"scan takes str, not {type(text if context is None else context).__name__}"
            )
        whole, base = text, 0
        if context:
            tail = context[-self._context :]
            whole, base = f"{tail}\n{text}", len(tail) + 1
        return self._result(text, id, base, self._detector.read(whole))

    def _result(
        self,
        text: str,
        id: str | None,
        base: int,
        source: SourceText,
        named: list[Entity] | None = None,
    ) -> ScanResult:
        """The result of a text that begins at `base` of what `source` was made of."""
        findings = self._detector.detect(source, named=named)
        answers = self._classify(text) if self._classify is not None else ()
        if not findings and not source.hidden:
            return ScanResult(text, self._about, (), (), answers, (), id)
        detections, dismissed = self._selection.select(findings, text, base)
        if source.hidden and HIDDEN_TEXT in self.sits:
            detections = self._with_hidden(detections, source, base)
        return ScanResult(text, self._about, detections, dismissed, answers, (), id)

    def _with_hidden(
        self, detections: tuple[Detection, ...], source: SourceText, base: int
    ) -> tuple[Detection, ...]:
        confidence = self.sits[HIDDEN_TEXT].tiers[0].confidence
        runs = [
            Detection(HIDDEN_TEXT, start - base, end - base, confidence)
            for start, end, _ in source.hidden
            if start >= base
        ]
        return tuple(sorted((*detections, *runs), key=lambda d: (d.start, d.end, d.sit)))

    def scan_batch(self, texts: Iterable[str]) -> list[ScanResult]:
        """The results of `scan` for each text."""
        if not self._detector.entities.reads_together:
            scan = self.scan
            return [scan(text) for text in texts]
        found: list[ScanResult] = []
        together = list(texts)
        for low in range(0, len(together), _TOGETHER):
            found += self._scan_together(together[low : low + _TOGETHER])
        return found

    def _scan_together(self, texts: Sequence[str]) -> Iterator[ScanResult]:
        """The same, where a pipeline reads several texts at once."""
        if not all(isinstance(text, str) for text in texts):
            return map(self.scan, texts)  # which raises as it does elsewhere
        sources = [self._detector.read(text) for text in texts]
        named = self._detector.entities.find([source.text for source in sources])
        return map(self._result, texts, repeat(None), repeat(0), sources, named)

    def scan_conversation(self, messages: Sequence[Mapping[str, Any]]) -> list[ScanResult]:
        """One result per message of a chat.

        The end of the message before is context: only user and assistant turns are context for one another,
        never a system prompt. Offsets are those of the message's text parts joined by line breaks
        (`conversation.read_message`); parts that are no text are in `skipped`.
        """
        from sitclassify import conversation

        results: list[ScanResult] = []
        context: str | None = None
        for number, message in enumerate(messages):
            turn = conversation.read_message(message, number)
            is_turn = turn.role in conversation.TURNS
            result = self.scan(turn.text, id=turn.id, context=context if is_turn else None)
            results.append(result.with_skipped(turn.skipped) if turn.skipped else result)
            if is_turn:
                context = turn.text or context
        return results

    def stream(self, *, context: str | None = None) -> Stream:
        """A scan of text that arrives in chunks; `context` as in `scan`. The first one takes a second to make."""
        from sitclassify.pending import Pending
        from sitclassify.stream import Stream

        pending = self._pending = self._pending or Pending(self._detector.rules)
        hidden = self.sits.get(HIDDEN_TEXT)
        run = (hidden.id, hidden.tiers[0].confidence) if hidden is not None else None
        return Stream(self._detector, self._selection, pending, run, self._classify, context)

    def explain(self, text: str, *, context: str | None = None) -> list[Explanation]:
        """Every candidate of a text and what became of it, in the order of the text.

        Offsets are of the matching text: those of `text` where nothing in it had to be folded.
        """
        whole = f"{context}\n{text}" if context else text
        base = len(whole) - len(text)
        trace: list[Trace] = []
        self._detector.detect(self._detector.read(whole), trace=trace)
        ids = self._detector.rules.ids
        told = [
            Explanation(ids[t.sit], t.element, t.start - base, t.end - base, t.outcome)
            for t in dict.fromkeys(trace)
            if t.start >= base
        ]
        return sorted(told, key=lambda e: (e.start, e.end, e.sit))

    def warm(self) -> None:
        """Build everything that is built at first use."""
        self._detector.warm()
        self.scan("warm up \u2019 4111 1111 1111 1111")

    def __reduce__(self) -> tuple[Callable[[], Scanner], tuple[()]]:
        return self._remake, ()


class Explanation(NamedTuple):
    """What became of one candidate."""

    sit: str
    element: str
    start: int
    end: int
    outcome: str
