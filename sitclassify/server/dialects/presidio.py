"""Presidio's analyzer over HTTP: findings under Presidio's names of types, where the SIT has one.

Types without such a name are the SIT's id in capitals. Scores are our confidences divided by 100. Texts in any language
are taken. Nothing is decided or audited here: what becomes of a finding is the client's affair.
Source: https://microsoft.github.io/presidio/api-docs/api-docs.html
"""

from __future__ import annotations

import functools
import locale
from collections.abc import Sequence
from typing import Any, Literal

import pydantic
import regex
from pydantic import BaseModel, ConfigDict

from sitclassify.redaction.methods import name_of
from sitclassify.results import Detection
from sitclassify.scanner import Scanner
from sitclassify.server.calls import Call, Refused, Reply, told
from sitclassify.server.core import Core
from sitclassify.server.dialects import Dialect, Operation
from sitclassify.server.dialects.presidio_own import (
    PARSE,
    Finding,
    Own,
    Recognizer,
    compile_for,
    compiled,
    is_allowed,
)

_DEFAULT_FLAGS = int(regex.I | regex.M | regex.S)
_NONE = "No matching recognizers were found to serve the request."
_LANGUAGES = {name.partition("_")[0] for name in locale.locale_alias} | {"xx"}  # spaCy's for any


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


async def analyze(core: Core, call: Call) -> Reply:
    """Findings of one text, or a list of them for several. Offsets are code points."""
    asked = _read(call)
    if not asked.text:
        raise Refused(500, "No text provided")
    if not asked.language:
        raise Refused(500, "No language provided")
    _check_language(asked.language)
    own = list(compiled(asked.ad_hoc_recognizers or (), asked.regex_flags))
    scanner = core.engine.scanner
    wanted = None if asked.entities is None else set(asked.entities)
    if wanted and not wanted & {*_types(scanner).values(), *(one.kind for one in own)}:
        raise Refused(500, _NONE)
    texts = [asked.text] if isinstance(asked.text, str) else asked.text
    size = len(call.body)
    if (
        own or asked.allow_list_match == "regex"
    ):  # an expression may take its time: off the event loop
        size = max(size, core.settings.thread_from)
    found = await core.run(size, lambda: [_find(scanner, text, asked, own) for text in texts])
    return Reply(found[0] if isinstance(asked.text, str) else found)


def _read(call: Call) -> Analyze:
    """The body. `Refused` 400 with Presidio's words, which are Python's, for an argument that is not known."""
    content = call.json()
    try:
        return Analyze.model_validate(content)
    except pydantic.ValidationError as error:
        for problem in error.errors(include_input=False, include_url=False):
            if problem["type"] == "extra_forbidden":
                name = problem["loc"][-1]
                what = f"Pattern.__init__() got an unexpected keyword argument '{name}'"
                raise Refused(400, f"{PARSE}{what}") from None
        raise Refused(400, f"{PARSE}{told(error)}") from None


def _check_language(name: str) -> None:
    """`Refused` for what is no language; texts in all others are taken."""
    if name.partition("-")[0].casefold() not in _LANGUAGES:
        raise Refused(500, _NONE)


async def entities(core: Core, call: Call) -> Reply:
    """All types that are looked for."""
    _check_language(call.query.get("language", "en"))
    return Reply(sorted(set(_types(core.engine.scanner).values())))


async def recognizers(core: Core, call: Call) -> Reply:
    """The ids of all SITs."""
    _check_language(call.query.get("language", "en"))
    return Reply(sorted(core.engine.scanner.sits))


@functools.lru_cache(maxsize=1)
def _types(scanner: Scanner) -> dict[str, str]:
    """SIT -> Presidio's name of its type."""
    return {
        sit.id: next(iter(sit.aliases.get("presidio", ())), name_of(sit.id))
        for sit in scanner.sits.values()
    }


def _find(scanner: Scanner, text: str, asked: Analyze, own: Sequence[Own]) -> list[dict[str, Any]]:
    types = _types(scanner)
    context = " ".join(asked.context or ())
    result = scanner.scan(text, context=context or None)
    found = [_finding(types[d.sit], d) for d in result.detections]
    for one in own:
        found += one.find(text, context.casefold().split())
    best: dict[tuple[str, int, int], Finding] = {}
    for finding in sorted(found, key=lambda f: f.score):
        best[finding.kind, finding.start, finding.end] = finding
    kept = [f for f in best.values() if _is_asked(f, asked)]
    if asked.allow_list:
        kept = _not_allowed(kept, text, asked, asked.allow_list)
    kept.sort(key=lambda f: (-f.score, f.start, f.end, f.kind))
    return [_table(finding, bool(asked.return_decision_process)) for finding in kept]


def _finding(kind: str, detection: Detection) -> Finding:
    evidence = ", ".join(dict.fromkeys(e.element for e in detection.evidence))
    score = detection.confidence / 100
    return Finding(kind, detection.start, detection.end, score, detection.sit, evidence)


def _is_asked(finding: Finding, asked: Analyze) -> bool:
    if asked.entities and finding.kind not in asked.entities:
        return False
    return asked.score_threshold is None or finding.score >= asked.score_threshold


def _not_allowed(
    found: list[Finding], text: str, asked: Analyze, allowed: list[str]
) -> list[Finding]:
    if asked.allow_list_match == "exact":
        return [f for f in found if text[f.start : f.end] not in allowed]
    patterns = [compile_for(one, asked.regex_flags) for one in allowed]
    return [f for f in found if not is_allowed(text[f.start : f.end], patterns)]


def _table(finding: Finding, is_explained: bool) -> dict[str, Any]:
    own = finding.pattern
    explanation = {
        "original_score": own.score if own else finding.score,
        "pattern": own.regex if own else None,
        "pattern_name": own.name if own else None,
        "recognizer": finding.recognizer,
        "regex_flags": None,
        "score": finding.score,
        "score_context_improvement": finding.raised,
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
