"""What a scan returns. Frozen; offsets are `str` indices, half open: `text[d.start:d.end]` is the value.

The scanned text stays inside for `counts`, `redact` and `explain`, but not in repr, equality, pickle or JSON.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from sitclassify.errors import TextNotKept
from sitclassify.rules import Sit, distinct

if TYPE_CHECKING:
    from sitclassify.redaction import Redacted

LOW, MEDIUM = 65, 75  # upper bounds of the levels, Purview's own


class Evidence(NamedTuple):
    """A supporting match: the element's name and its span."""

    element: str
    start: int
    end: int


class Detection(NamedTuple):
    """One value of a SIT."""

    sit: str
    start: int
    end: int
    confidence: int
    evidence: tuple[Evidence, ...] = ()
    tags: frozenset[str] = frozenset()
    digest: str | None = None
    rank: tuple[int, ...] = ()  # what `ScanResult.best` compares; no public meaning

    @property
    def level(self) -> str:
        """`low`, `medium` or `high`."""
        return level_of(self.confidence)


class Dismissed(NamedTuple):
    """What looked like a finding and is none, and why: `example`, `masked`, `template`, `allowed`."""

    sit: str
    start: int
    end: int
    reason: str


class Skipped(NamedTuple):
    """A part that was not scanned, and why."""

    pointer: str
    reason: str


class Weighed(NamedTuple):
    """A span and what it adds to the logit of a classifier's score; below 0: it speaks against."""

    start: int
    end: int
    weight: float


class _Answer(NamedTuple):
    classifier: str
    score: float | None
    level: str | None
    start: int
    end: int


class Classification(_Answer):
    """A trained classifier's answer for the strongest window of a text."""

    why: Callable[[str, int, int], tuple[Weighed, ...]] | None = None  # explains; holds the text
    failure: str | None = None  # why a detector of another maker gave no answer
    kind: str | None = None  # of a matched text, where the classifier tells: "python"

    @property
    def matched(self) -> bool:
        """Whether the level is medium or high."""
        return self.level in ("medium", "high")

    def explain(self) -> tuple[Weighed, ...]:
        """The spans of the text that weighed most, strongest first.

        Empty where there is no score, or where the detector tells no reasons. Raises `TextNotKept`
        after unpickling.
        """
        if self.score is None:
            return ()
        if self.why is None:
            raise TextNotKept(
                "the answer no longer holds its text: scan again, or explain before storing it"
            )
        return self.why(self.classifier, self.start, self.end)

    def __reduce__(self) -> tuple[Any, ...]:
        kept = {"failure": self.failure, "kind": self.kind}
        return Classification, tuple(self), {name: v for name, v in kept.items() if v} or None


class Names(NamedTuple):
    """What the JSON says of a SIT besides its id."""

    name: str
    guid: str | None


def level_of(confidence: int) -> str:
    """Purview's level of a confidence: `low` to 65, `medium` to 75, `high` above."""
    return "low" if confidence <= LOW else "medium" if confidence <= MEDIUM else "high"


class About(NamedTuple):
    """What all results of one scanner share: catalogue version, model versions, names of SITs.

    `sits` is what was looked for, `loaded` also the members that are looked for in their bundle's name only, `needs`
    the names of SITs that policies asked for (`*`: the whole catalogue), `rescan` finds SITs in another text as the
    scanner does. These four are not pickled.
    """

    catalogue: str
    models: Mapping[str, str]
    names: Mapping[str, Names]
    sits: Mapping[str, Sit] = {}
    needs: frozenset[str] = frozenset()
    rescan: Callable[..., ScanResult] | None = None
    loaded: Mapping[str, Sit] = {}


class ScanResult:
    """Detections, dismissed values and classifications of one text."""

    __slots__ = (
        "_about", "_counts", "_text", "classifications", "detections", "dismissed", "id", "length", "skipped",
    )  # fmt: skip

    _about: About
    _counts: dict[str, int] | None
    _text: str | None
    id: str | None
    length: int
    detections: tuple[Detection, ...]
    dismissed: tuple[Dismissed, ...]
    classifications: tuple[Classification, ...]
    skipped: tuple[Skipped, ...]

    def __init__(
        self,
        text: str | None,
        about: About,
        detections: tuple[Detection, ...] = (),
        dismissed: tuple[Dismissed, ...] = (),
        classifications: tuple[Classification, ...] = (),
        skipped: tuple[Skipped, ...] = (),
        id: str | None = None,
        length: int | None = None,
        counts: dict[str, int] | None = None,
    ) -> None:
        _put_text(self, text)
        _put_about(self, about)
        _put_detections(self, detections)
        _put_dismissed(self, dismissed)
        _put_classifications(self, classifications)
        if classifications and classifications[-1].failure:  # failed ones come last
            skipped = _with_failures(skipped, classifications)
        _put_skipped(self, skipped)
        _put_id(self, id)
        _put_counts(self, counts)  # told in the JSON of a result that no longer holds its text
        _put_length(self, len(text) if text is not None else length or 0)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a ScanResult is frozen: '{name}' cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a ScanResult is frozen: '{name}' cannot be deleted")

    @property
    def complete(self) -> bool:
        """Whether everything was scanned; `skipped` says what was not."""
        return not self.skipped

    def counts(self, *, unique: bool = True) -> dict[str, int]:
        """How often each SIT was found: distinct values, or all instances with `unique=False`.

        Values are compared without separators and case. Raises `TextNotKept` after unpickling.
        """
        if not unique:
            every: dict[str, int] = {}
            for detection in self.detections:
                every[detection.sit] = every.get(detection.sit, 0) + 1
            return every
        values: dict[str, set[str]] = {}
        for detection in self.detections:
            values.setdefault(detection.sit, set()).add(distinct(self.value(detection)))
        return {sit: len(found) for sit, found in values.items()}

    def value(self, detection: Detection | Dismissed) -> str:
        """The text of a detection. Raises `TextNotKept` after unpickling."""
        return self.text[detection.start : detection.end]

    @property
    def text(self) -> str:
        """The scanned text. Raises `TextNotKept` after unpickling."""
        if self._text is None:
            raise TextNotKept(
                "the result no longer holds its text: scan again, or keep the text beside it"
            )
        return self._text

    def best(self) -> tuple[Detection, ...]:
        """Detections without overlap: one winner per span across SITs.

        The more specific word first ("Egypt tax number" around "tax number"), then checksum, direct label, nearest
        evidence, confidence, length, and the country that more people write from.
        """
        starts: list[int] = []
        kept: list[Detection] = []
        for detection in sorted(self.detections, key=_precedence):
            i = bisect_left(starts, detection.start)
            if i < len(kept) and kept[i].start < detection.end:
                continue
            if i > 0 and kept[i - 1].end > detection.start:
                continue
            starts.insert(i, detection.start)
            kept.insert(i, detection)
        return tuple(kept)

    def redact(
        self,
        method: Any = "label",
        *,
        detections: Iterable[Detection] | None = None,
        context: str | None = None,
        **options: Any,
    ) -> Redacted:
        """The text with its values replaced; scanning it again finds nothing but what was to stay.

        method: label, mask (`keep_last=4`), hash (`key=`), remove, fake, encrypt (`key=`) or placeholder
        (`vault=`), a function of value and SIT, or a mapping of these per SIT. detections: only these, as a
        policy's decision names them. context: as it was given to `scan`. Raises `TextNotKept` after unpickling,
        `ConfigurationError` for a wrong method.
        """
        from sitclassify import redaction

        rescan = self._about.rescan
        return redaction.redact(
            self.text,
            self.detections if detections is None else detections,
            redaction.method_of(method, **options),
            known=() if detections is None else self.detections,
            rescan=None if rescan is None else lambda t: rescan(t, context=context).detections,
        )

    def to_dict(self, *, include_values: bool = False) -> dict[str, Any]:
        """The result as JSON types; values only with `include_values`."""
        about = self._about
        table: dict[str, Any] = {"id": self.id, "length": self.length, "catalogue": about.catalogue}
        table["models"] = dict(about.models)
        table["detections"] = [self._detection(d, include_values) for d in self.detections]
        table["counts"] = self._counts if self._text is None else self.counts()
        table["dismissed"] = [d._asdict() for d in self.dismissed]
        table["classifications"] = [
            {"classifier": c.classifier, "score": c.score, "level": c.level, "matched": c.matched,
             "start": c.start, "end": c.end} | ({"kind": c.kind} if c.kind else {})
            for c in self.classifications
        ]  # fmt: skip
        if self.skipped:
            table["complete"] = False
            table["skipped"] = [s._asdict() for s in self.skipped]
        return table

    def _detection(self, detection: Detection, include_values: bool) -> dict[str, Any]:
        names = self._about.names[detection.sit]
        table: dict[str, Any] = {
            "sit": detection.sit,
            "name": names.name,
            "guid": names.guid,
            "start": detection.start,
            "end": detection.end,
            "confidence": detection.confidence,
            "level": detection.level,
            "evidence": [e._asdict() for e in detection.evidence],
        }
        if detection.tags:
            table["tags"] = sorted(detection.tags)
        if detection.digest is not None:
            table["digest"] = detection.digest
        if include_values:
            table["value"] = self.value(detection)
        return table

    def to_json(self, *, include_values: bool = False) -> str:
        """`to_dict` as one line of JSON."""
        return json.dumps(self.to_dict(include_values=include_values), ensure_ascii=False)

    def with_skipped(self, skipped: tuple[Skipped, ...]) -> ScanResult:
        """The same result, telling of parts that were not scanned."""
        return ScanResult(
            self._text, self._about, self.detections, self.dismissed, self.classifications,
            self.skipped + skipped, self.id, self.length,
        )  # fmt: skip

    def with_id(self, id: str | None) -> ScanResult:
        """The same result under another id."""
        return ScanResult(
            self._text, self._about, self.detections, self.dismissed, self.classifications,
            self.skipped, id, self.length,
        )  # fmt: skip

    def with_detections(self, detections: tuple[Detection, ...]) -> ScanResult:
        """The same result with other detections: those that are left where some were accepted."""
        return ScanResult(
            self._text, self._about, detections, self.dismissed, self.classifications,
            self.skipped, self.id, self.length,
        )  # fmt: skip

    def within(self, start: int, end: int) -> ScanResult:
        """The same result with what begins from `start` to `end` of the text only."""
        detections = tuple([one for one in self.detections if start <= one.start < end])
        dismissed = tuple([one for one in self.dismissed if start <= one.start < end])
        return ScanResult(
            self._text, self._about, detections, dismissed, self.classifications, self.skipped,
            self.id, self.length,
        )  # fmt: skip

    @property
    def about(self) -> About:
        """What this result shares with all of its scanner."""
        return self._about

    def name_of(self, sit: str) -> str:
        """The display name of a SIT of this result."""
        return self._about.names[sit].name

    def _key(self) -> tuple[Any, ...]:
        return (
            self.id, self.length, self._about.catalogue, self.detections, self.dismissed,
            self.classifications, self.skipped,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, ScanResult) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        found = ", ".join(f"{d.sit} {d.start}:{d.end} {d.confidence}" for d in self.detections)
        return f"ScanResult(id={self.id!r}, length={self.length}, detections=[{found}])"

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (
            self._about[:3], self.detections, self.dismissed, self.classifications, self.skipped,
            self.id, self.length, self._counts if self._text is None else self.counts(),
        )  # fmt: skip


# The slots' own setters: the class refuses to set, and a scan makes a result in every call.
_put_text = ScanResult.__dict__["_text"].__set__
_put_about = ScanResult.__dict__["_about"].__set__
_put_detections = ScanResult.__dict__["detections"].__set__
_put_dismissed = ScanResult.__dict__["dismissed"].__set__
_put_classifications = ScanResult.__dict__["classifications"].__set__
_put_skipped = ScanResult.__dict__["skipped"].__set__
_put_id = ScanResult.__dict__["id"].__set__
_put_counts = ScanResult.__dict__["_counts"].__set__
_put_length = ScanResult.__dict__["length"].__set__


def _with_failures(
    skipped: tuple[Skipped, ...], classifications: tuple[Classification, ...]
) -> tuple[Skipped, ...]:
    failed = [
        Skipped(f"classifier:{c.classifier}", c.failure) for c in classifications if c.failure
    ]
    return (*skipped, *(entry for entry in failed if entry not in skipped))


def _unpickled(about: tuple[Any, ...], *rest: Any) -> ScanResult:
    return ScanResult(None, About(*about), *rest)


def _precedence(detection: Detection) -> tuple[Any, ...]:
    *rank, prior = detection.rank or (0,)
    return (
        *(-part for part in rank),
        -detection.confidence,
        detection.start - detection.end,
        -prior,
        detection.start,
        detection.sit,
    )
