"""What callers see first: `sitclassify.load()` and `sitclassify.scan()`.

What they need to build a scanner is imported when the first one is built, so that importing the package is quick.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitclassify.loading import Allowed
    from sitclassify.policy import Policies
    from sitclassify.results import ScanResult
    from sitclassify.scanner import Scanner

_lock = threading.Lock()
_default: list[Scanner] = []


def load(
    *,
    sits: str | Iterable[str] | None = None,
    classifiers: Iterable[Any] | None = None,
    entities: bool | str = False,
    min_confidence: int | str | Mapping[str, int] | None = None,
    policies: str | Policies | Iterable[Any] = (),
    rule_packages: Iterable[Any] = (),
    catalogue: str | Path | Iterable[str | Path] | None = None,
    allow: Iterable[Allowed] | Mapping[str, Iterable[Allowed]] = (),
    digest_key: bytes | None = None,
    cache: bool | str | Path = True,
) -> Scanner:
    """A scanner for the packaged catalogue, or for what the arguments ask for.

    sits: id, display name, GUID, `category:financial`, `country:DE` or `presidio:US_SSN`, one or several.
    classifiers: ids, folders of your own models, `sitclassify.classifiers.ExternalClassifier`; `"packaged"`
    and None stand for all packaged ones that are not experimental, `()` for none.
    entities: True reads context for person names and addresses with the packaged spaCy model, a name with
    that installed pipeline (`"en_core_web_lg"`); adds `all-full-names` and `all-physical-addresses` where `sits`
    is None.
    min_confidence: None (each SIT's own recommendation), `"purview"`, 1..100, or a mapping per SIT.
    catalogue: folder(s) of SIT files instead of the packaged ones; `"packaged"` in a list stands for these.
    allow: values or regexes that are no findings, for all SITs or per SIT.
    policies: names, files or objects as `policy.load` takes them, or what it returned: adds the SITs (bundles
        too) and classifiers they need, and lowers confidences to what they count.
    digest_key: gives each detection a keyed `digest` of its value.
    cache: True for the user's cache folder, another folder (`sitclassify compile -o`), or False.

    Raises `UnknownSitError`, `PolicyError`, `ConfigurationError`, `RuleError`, `CompileError`, `ModelError`;
    warns with `PolicyWarning` of SITs that a policy awaits and that do not exist yet.

    >>> scanner = load(sits="credit-card-number", classifiers=())
    >>> [d.sit for d in scanner.scan("my card number is 4111 1111 1111 1111").detections]
    ['credit-card-number']
    """
    from sitclassify import loading

    return loading.load(
        sits=sits,
        classifiers=classifiers,
        entities=entities,
        min_confidence=min_confidence,
        policies=policies,
        rule_packages=rule_packages,
        catalogue=catalogue,
        allow=allow,
        digest_key=digest_key,
        cache=cache,
    )


def scan(text: str) -> ScanResult:
    """Scan one text with the packaged catalogue; loads it once per process.

    >>> scan("Nothing to see here.").detections
    ()
    """
    if not _default:
        with _lock:
            if not _default:
                _default.append(load())
    return _default[0].scan(text)
