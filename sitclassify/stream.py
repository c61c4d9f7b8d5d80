"""A text that arrives in chunks: what is found in it, as soon as no later text can change it.

The union of what `Stream.feed` and `Stream.close` return is what a scan of the whole text returns, however it is cut.
Kept are the text that is not settled yet and what evidence before it can reach. What is held back is bounded:

- prose: as many characters as a value with spaces inside may have (`Pending.begun`, about 100 with the packaged
  catalogue), and the token at the end;
- where a value of a loaded SIT may be: the SIT's proximity and a margin behind it, and in a row of a table the end
  of its line (at most 10,000 characters); where one may be everywhere, `_STRIDE` more;
- a key block, a token or an encoded run that has begun: up to its end;
- in all at most `MAX_HELD` characters. What is longer is settled as it stands then.

A stream may differ from a scan here alone: encoded runs, runs of invisible characters and chains of overlapping
values beyond `MAX_HELD`; a table's header inside an encoded text more than the kept text above its row; a text of
which more than a million characters are encoded (a scan stops decoding there); and escapes that are decoded only
because another one of their kind stands far away (`&eacute;` where there is an `&amp;`).

SITs with unlimited proximity and classifiers report when the stream is closed and hold nothing back; they see the text
in parts of `PART` characters. What is dismissed is not reported.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from sitclassify.columns import MAX_LINE, Columns
from sitclassify.detector import Detector
from sitclassify.judgement import Finding
from sitclassify.pending import STEP, Pending
from sitclassify.results import Classification, Detection
from sitclassify.rules import MAX_PRIMARY
from sitclassify.selection import Selection
from sitclassify.text import SourceText

MAX_HELD = 2 * MAX_PRIMARY  # characters held back at most
PART = 1_000_000  # characters that what needs the whole text sees at once; classifiers cut theirs at 200,000
_PIECE = 1 << 16  # characters of a long chunk taken at once
_BEFORE = 3_072  # characters that labels, filters, triggers and values found by `near` look back
_STRIDE = 512  # characters between two scans: bounds the work on text full of numbers
_SHARE = 8  # n characters held back are looked at again after n / 8 more: bounds the work of a look
_TRIMMED = 1_024  # characters thrown away at once
_FILL = " " * (MAX_LINE + 1)  # stands for the beginning of a line that is too long for a row

Classify = Callable[[str], tuple[Classification, ...]]
Span = tuple[int, int]


class Stream:
    """Scans a text that arrives in chunks; made by `Scanner.stream`, used by one thread at a time.

    >>> import sitclassify
    >>> stream = sitclassify.load(sits="us-social-security-number", classifiers=()).stream()
    >>> stream.feed("My SSN is 536-9"), stream.feed("0-4399.")
    ([], [])
    >>> [(d.sit, d.start, d.end) for d in stream.close()]
    [('us-social-security-number', 10, 21)]
    >>> stream.safe_end
    22
    """

    def __init__(
        self,
        detector: Detector,
        selection: Selection,
        pending: Pending,
        hidden: tuple[str, int] | None,
        classify: Classify | None,
        context: str | None,
    ) -> None:
        self._detector = detector
        self._selection = selection
        self._pending = pending
        self._hidden = hidden  # SIT and confidence of text in invisible characters
        self._classify = classify
        self._unlimited = pending.unlimited
        self._kept = 2 * detector.known.proximity + _BEFORE
        self._window = f"{context[-detector.reach :]}\n" if context else ""
        self._base = -len(self._window)  # where in the stream the window begins, behind its head
        self._head: Span = (0, 0)  # the header of a table before the window: start and length
        self._settled = self._length = 0
        self._due = 1  # length from which a look may settle more
        self._last_scan = -_STRIDE
        self._is_dense = False  # a value may be wherever one looks
        self._part = [self._window] if self._window else []  # for what needs the whole text
        self._part_start = self._base
        self._late: list[Detection] = []  # of SITs with unlimited proximity
        self._answers: dict[str, Classification] = {}
        self._is_closed = False

    @property
    def safe_end(self) -> int:
        """Up to where the text can be released: no unresolved candidate and no detection reaches over it."""
        return self._settled

    @property
    def classifications(self) -> tuple[Classification, ...]:
        """What the classifiers say of the whole text, highest score first; empty before `close`."""
        answers = self._answers.values() if self._is_closed else ()
        return tuple(sorted(answers, key=_score, reverse=True))

    def feed(self, chunk: str) -> list[Detection]:
        """Take in the next chunk; the detections that no later text can change, in the order of the text.

        `TypeError` for what is no `str`, `ValueError` after `close`.
        """
        if not isinstance(chunk, str):
            raise TypeError(f"feed takes str, not {type(chunk).__name__}")
        if self._is_closed:
            raise ValueError("the stream is closed: Scanner.stream() makes another one")
        found: list[Detection] = []
        for low in range(0, len(chunk), _PIECE):
            piece = chunk[low : low + _PIECE]
            self._window += piece
            self._length += len(piece)
            if self._unlimited or self._classify is not None:
                self._keep(piece)
            if self._length >= self._due:
                found += self._advance()
        return found

    def close(self) -> list[Detection]:
        """End of the text: the rest of the detections, in the order of the text."""
        if self._is_closed:
            return []
        self._is_closed = True
        source = self._source(self._window)
        found = self._report(self._find(source), self._hidden_runs(source), self._length)
        self._end_part("".join(self._part))
        self._window, self._part, self._settled = "", [], self._length
        return sorted([*found, *self._late], key=_order)

    def _source(self, text: str) -> SourceText:
        return self._detector.read(text)

    def _advance(self) -> list[Detection]:
        """Settle what can be settled; what was found there."""
        look = self._pending.look(self._window, self._local(self._settled))
        forced = self._length - MAX_HELD
        end = max(self._global(look.end), forced, self._settled)
        self._due = self._length + max(STEP, look.wait, (self._length - end) // _SHARE)
        first = self._global(look.first)
        found: list[Detection] = []
        if first < end and self._length < self._last_scan + _STRIDE and end > forced:
            end = first
            self._due = self._last_scan + _STRIDE
            self._is_dense = True
        elif first >= end:
            self._is_dense = False
        else:
            self._last_scan = self._length
            if self._is_dense:  # the next look would wait for the stride as well
                self._due = max(self._due, self._length + _STRIDE)
            source = self._source(self._window)
            findings, runs = self._find(source), self._hidden_runs(source)
            spans = [(f.start, f.end) for f in findings if f.start >= self._settled] + runs
            end = max(_clear(spans, end), forced)
            found = self._report(findings, runs, end)
        self._settled = max(self._settled, end)
        self._trim()
        return found

    def _find(self, source: SourceText) -> list[Finding]:
        """The findings of the window at their places in the stream."""
        findings = self._detector.detect(source, named=())  # at the end, with all that is unlimited
        if not self._base and not self._head[1]:
            return findings
        return [f.through(self._span, frozenset()) for f in findings]

    def _report(
        self, findings: Iterable[Finding], runs: Iterable[Span], end: int
    ) -> list[Detection]:
        """Detections that begin between what was settled before and `end`."""
        new = [
            f for f in findings if self._settled <= f.start < end and f.sit not in self._unlimited
        ]
        found = self._select(new, self._window[self._head[1] :], self._base)
        if self._hidden is not None:
            sit, confidence = self._hidden
            found += [
                Detection(sit, *run, confidence) for run in runs if self._settled <= run[0] < end
            ]
        return sorted(found, key=_order)

    def _select(self, findings: list[Finding], text: str, base: int) -> list[Detection]:
        """Detections of findings in `text`, which begins at `base` of the stream."""
        detections, _ = self._selection.select(findings, text, base)
        if not base:
            return list(detections)
        return [
            d._replace(
                start=d.start + base,
                end=d.end + base,
                evidence=tuple(
                    e._replace(start=e.start + base, end=e.end + base) for e in d.evidence
                ),
            )
            for d in detections
        ]

    def _hidden_runs(self, source: SourceText) -> list[Span]:
        return [self._span(start, end) for start, end, _ in source.hidden]

    def _global(self, offset: int) -> int:
        """Where in the stream an offset of the window is."""
        start, length = self._head
        return start + offset if offset < length else self._base + offset - length

    def _local(self, offset: int) -> int:
        return offset - self._base + self._head[1]

    def _span(self, start: int, end: int) -> Span:
        return self._global(start), self._global(end - 1) + 1

    def _trim(self) -> None:
        """Throw away what no later value can see, from the beginning of a line; keep the table's header."""
        settled = self._local(self._settled)
        if settled < self._kept + _TRIMMED:
            return
        source = self._source(self._window)
        goal = bisect_left(
            range(len(source.text)), settled, key=lambda i: source.original(i, i + 1)[0]
        )
        goal -= self._kept
        if goal < _TRIMMED:
            if settled > 2 * MAX_HELD:  # most of it is invisible
                self._cut(settled - MAX_HELD, "", self._base)
            return
        text = source.text
        line = text.rfind("\n", 0, goal) + 1
        if goal - line > MAX_LINE:
            self._cut(source.original(goal, goal + 1)[0], _FILL, self._base)
        elif line:
            top = Columns(text).find_top_above(line) or (0, 0)
            start, end = source.original(*top) if top[0] < top[1] else (0, 0)
            self._cut(
                source.original(line - 1, line)[0], self._window[start:end], self._global(start)
            )

    def _cut(self, offset: int, head: str, head_start: int) -> None:
        """The window from `offset` on, behind `head`."""
        self._base = self._global(offset)
        self._window = head + self._window[offset:]
        self._head = head_start, len(head)

    def _keep(self, piece: str) -> None:
        """Keep the text of this part; end the part where it is full."""
        self._part.append(piece)
        while self._length - self._part_start >= PART:
            text = "".join(self._part)
            self._end_part(text[:PART])
            self._part = [text[PART:]]
            self._part_start += PART

    def _end_part(self, text: str) -> None:
        """What needs the whole text: SITs with unlimited proximity, and classifiers."""
        base = self._part_start
        if self._unlimited:
            findings = self._detector.detect(self._source(text))
            new = [f for f in findings if f.sit in self._unlimited and f.start + base >= 0]
            shifted = [f.through(lambda s, e: (s + base, e + base), frozenset()) for f in new]
            self._late += self._select(shifted, text, base)
        if self._classify is not None:
            before = max(0, -base)  # context is no part of the text
            for answer in self._classify(text[before:]):
                known = self._answers.get(answer.classifier)
                if known is None or _score(answer) > _score(known):
                    start, end = answer.start + base + before, answer.end + base + before
                    self._answers[answer.classifier] = answer._replace(start=start, end=end)


def _clear(spans: Iterable[Span], end: int) -> int:
    """`end`, or the beginning of the overlapping spans that reach over it."""
    first, reach = end, -1
    for start, stop in sorted(spans):
        if start >= end:
            break
        if start >= reach:
            first = start
        reach = max(reach, stop)
    return first if reach > end else end


def _order(detection: Detection) -> tuple[int, int, str]:
    return detection.start, detection.end, detection.sit


def _score(answer: Classification) -> float:
    return -1.0 if answer.score is None else answer.score
