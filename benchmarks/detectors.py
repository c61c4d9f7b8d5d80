"""Whatever finds spans in a text: our scanner, a callable, an address that answers over HTTP."""

from __future__ import annotations

import importlib
import json
import urllib.request
from collections.abc import Callable
from typing import Any, NamedTuple

from sitclassify.errors import ConfigurationError
from sitclassify.scanner import Scanner

_TIMEOUT = 30.0  # seconds for one answer over HTTP


class Found(NamedTuple):
    """One span; `label` is a SIT's id, or what a peer calls it."""

    start: int
    end: int
    label: str
    confidence: int = 0


Detector = Callable[[str], list[Found]]


def winners(scanner: Scanner) -> Detector:
    """Our scanner, one winner per span, as other detectors answer."""

    def detect(text: str) -> list[Found]:
        return [Found(d.start, d.end, d.sit, d.confidence) for d in scanner.scan(text).best()]

    return detect


def named(name: str) -> Detector:
    """`module:function` (text -> spans), or an http(s) address.

    The address is sent `{"text": ...}` and answers `{"spans": [...]}`. A span is a mapping or an object
    with `start`, `end` and `label`. Raises `ConfigurationError`; what a detector answers, when it is asked.
    """
    if name.startswith(("http://", "https://")):
        return _http(name)
    module, _, function = name.partition(":")
    if not function:
        raise _error(f"'{name}' is neither 'module:function' nor an http address")
    try:
        call: Callable[[str], Any] = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise _error(f"'{name}' cannot be imported: {error}") from None
    return lambda text: _spans(name, call(text))


def _http(address: str) -> Detector:
    def detect(text: str) -> list[Found]:
        body = json.dumps({"text": text}).encode()
        request = urllib.request.Request(address, body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            told = json.load(answer)
        return _spans(address, told.get("spans") if isinstance(told, dict) else None)

    return detect


def _spans(name: str, told: Any) -> list[Found]:
    try:
        return [_span(span) for span in told]
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        what = f"'{name}' answered no spans with start, end and label ({type(error).__name__})"
        raise _error(what) from None


def _span(span: Any) -> Found:
    told = (
        span if isinstance(span, dict) else {n: getattr(span, n) for n in ("start", "end", "label")}
    )
    return Found(int(told["start"]), int(told["end"]), str(told["label"]))


def _error(what: str) -> ConfigurationError:
    return ConfigurationError(f"--detector: {what}")
