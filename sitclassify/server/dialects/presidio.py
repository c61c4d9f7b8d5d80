"""Presidio's analyzer over HTTP: findings under Presidio's names of types, where the SIT has one.

Types without such a name are the SIT's id in capitals. Scores are our confidences divided by 100. Texts in any language
are taken. Nothing is decided or audited here: what becomes of a finding is the client's affair.
Source: https://microsoft.github.io/presidio/api-docs/api-docs.html
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import regex
from pydantic import BaseModel, ConfigDict, Field

from sitclassify.redaction.methods import name_of
from sitclassify.results import Detection
from sitclassify.scanner import Scanner
from sitclassify.server.calls import Call, Refused, Reply, Unchecked
from sitclassify.server.core import Core
from sitclassify.server.dialects import Dialect, Operation

_FLAGS = int(regex.I | regex.M | regex.S | regex.X)  # as `re` numbers them
_DEFAULT_FLAGS = int(regex.I | regex.M | regex.S)
_SECONDS = 1.0  # for one expression of the client's own over one text
_NONE = "No matching recognizers were found to serve the request."


class Pattern(BaseModel):
    """An expression of the client's own."""

    model_config = ConfigDict(extra="forbid")

    name: str = ""
    regex: str
    score: float = Field(ge=0, le=1)


class Recognizer(BaseModel):
    """What the client looks for itself, in this request only."""

    model_config = ConfigDict(extra="ignore")

    name: str = "ad hoc"
    supported_entity: str
    patterns: list[Pattern] = []
    deny_list: list[str] = []
    deny_list_score: float = 1.0


class Analyze(BaseModel):
    """What Presidio's analyzer is asked; fields that we do not read are let be."""

    model_config = ConfigDict(extra="ignore")

    text: str | list[str] = ""
    language: str = ""
    entities: list[str] | None = None
    score_threshold: float | None = None
    return_decision_process: bool | None = None
    context: list[str] | None = None
    allow_list: list[str] | None = None
    allow_list_match: Literal["exact", "regex"] = "exact"
    regex_flags: int = _DEFAULT_FLAGS
    ad_hoc_recognizers: list[Recognizer] | None = None


class Finding(NamedTuple):
    """One finding under Presidio's name of its type."""

    kind: str
    start: int
    end: int
    score: float
    recognizer: str
    because: str


async def analyze(core: Core, call: Call) -> Reply:
    """Findings of one text, or a list of them for several. Offsets are code points."""
    asked = call.read(Analyze)
    if not asked.text:
        raise Refused(500, "No text provided")
    if not asked.language:
        raise Refused(500, "No language provided")
    own = list(_own(asked))
    scanner = core.engine.scanner
    wanted = None if asked.entities is None else set(asked.entities)
    if wanted and not wanted & {*_types(scanner).values(), *(kind for kind, *_ in own)}:
        raise Refused(500, _NONE)
    texts = [asked.text] if isinstance(asked.text, str) else asked.text
    size = len(call.body)
    if (
        own or asked.allow_list_match == "regex"
    ):  # an expression may take its time: off the event loop
        size = max(size, core.settings.thread_from)
    found = await core.run(size, lambda: [_find(scanner, text, asked, own) for text in texts])
    return Reply(found[0] if isinstance(asked.text, str) else found)


async def entities(core: Core, call: Call) -> Reply:
    """All types that are looked for."""
    return Reply(sorted(set(_types(core.engine.scanner).values())))


async def recognizers(core: Core, call: Call) -> Reply:
    """The ids of all SITs."""
    return Reply(sorted(core.engine.scanner.sits))


@functools.lru_cache(maxsize=1)
def _types(scanner: Scanner) -> dict[str, str]:
    """SIT -> Presidio's name of its type."""
    return {
        sit.id: next(iter(sit.aliases.get("presidio", ())), name_of(sit.id))
        for sit in scanner.sits.values()
    }


Own = tuple[str, str, "regex.Pattern[str]", float]  # type, recognizer, expression, score


def _own(asked: Analyze) -> Iterator[Own]:
    """The client's own expressions, compiled. `Refused` 400 for one that is none."""
    flags = asked.regex_flags & _FLAGS
    for one in asked.ad_hoc_recognizers or ():
        for pattern in one.patterns:
            yield one.supported_entity, one.name, _compiled(pattern.regex, flags), pattern.score
        if one.deny_list:
            words = "|".join(regex.escape(word) for word in one.deny_list)
            compiled = _compiled(rf"(?<!\w)(?:{words})(?!\w)", flags)
            yield one.supported_entity, one.name, compiled, one.deny_list_score


def _compiled(pattern: str, flags: int) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern, flags)
    except regex.error as error:
        told = f"Failed to parse /analyze request for AnalyzerEngine.analyze(). {error.msg}"
        raise Refused(400, told) from None


def _find(scanner: Scanner, text: str, asked: Analyze, own: Sequence[Own]) -> list[dict[str, Any]]:
    types = _types(scanner)
    result = scanner.scan(text, context=" ".join(asked.context) if asked.context else None)
    found = [_finding(types[d.sit], d) for d in result.detections]
    for kind, name, pattern, score in own:
        try:
            found += [
                Finding(kind, m.start(), m.end(), score, name, "its own")
                for m in pattern.finditer(text, timeout=_SECONDS)
                if m.end() > m.start()
            ]
        except TimeoutError:
            raise Unchecked("timeout") from None
    best: dict[tuple[str, int, int], Finding] = {}
    for finding in sorted(found, key=lambda f: f.score):
        best[finding.kind, finding.start, finding.end] = finding
    kept = (f for f in best.values() if _is_asked(f, text, asked))
    told = sorted(kept, key=lambda f: (-f.score, f.start, f.end, f.kind))
    return [_table(finding, bool(asked.return_decision_process)) for finding in told]


def _finding(kind: str, detection: Detection) -> Finding:
    evidence = ", ".join(dict.fromkeys(e.element for e in detection.evidence))
    score = detection.confidence / 100
    return Finding(kind, detection.start, detection.end, score, detection.sit, evidence)


def _is_asked(finding: Finding, text: str, asked: Analyze) -> bool:
    if asked.entities and finding.kind not in asked.entities:
        return False
    if asked.score_threshold is not None and finding.score < asked.score_threshold:
        return False
    value = text[finding.start : finding.end]
    if asked.allow_list_match == "exact":
        return value not in (asked.allow_list or ())
    flags = asked.regex_flags & _FLAGS
    return not any(
        _compiled(allowed, flags).search(value, timeout=_SECONDS)
        for allowed in asked.allow_list or ()
    )


def _table(finding: Finding, is_explained: bool) -> dict[str, Any]:
    explanation = {
        "original_score": finding.score,
        "pattern": None,
        "pattern_name": None,
        "recognizer": finding.recognizer,
        "regex_flags": None,
        "score": finding.score,
        "score_context_improvement": 0,
        "supportive_context_word": finding.because,
        "textual_explanation": None,
        "validation_result": None,
    }
    return {
        "analysis_explanation": explanation if is_explained else None,
        "end": finding.end,
        "entity_type": finding.kind,
        "score": finding.score,
        "start": finding.start,
    }


def refused(refused: Refused) -> Reply:
    """Presidio's form of an error."""
    return Reply({"error": refused.detail}, refused.status, refused.headers)


def unchecked(reason: str, passes: bool) -> Reply:
    """503; where it fails open, no findings."""
    if passes:
        return Reply([])
    return Reply({"error": f"not checked: {reason}"}, 503, {"retry-after": "1"})


PRESIDIO = Dialect(
    "presidio",
    (
        Operation(
            "analyze", "POST", ("/analyze",), analyze, "Presidio's analyzer", Analyze,
            {"text": "My SSN is 536-90-4399.", "language": "en"},
        ),
        Operation("supportedentities", "GET", ("/supportedentities",), entities, "Types"),
        Operation("recognizers", "GET", ("/recognizers",), recognizers, "SITs"),
    ),
    refused,
    unchecked,
)  # fmt: skip
