"""The wiring behind `sitclassify.load()` and `sitclassify.scan()`."""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sitclassify import catalogue as catalogues
from sitclassify import choice, compiler
from sitclassify.detector import Detector
from sitclassify.errors import ConfigurationError
from sitclassify.results import About, Names, ScanResult
from sitclassify.rules import distinct
from sitclassify.scanner import Scanner
from sitclassify.selection import Selection

VERSION = "2026.11"  # of the packaged catalogue; the beginning of its digest follows it in results

Allowed = str | re.Pattern[str]
_lock = threading.Lock()
_default: list[Scanner] = []


def load(
    *,
    sits: str | Iterable[str] | None = None,
    classifiers: Iterable[str] | None = None,
    entities: bool | str = False,
    min_confidence: int | str | Mapping[str, int] | None = None,
    policies: Iterable[Any] = (),
    rule_packages: Iterable[Any] = (),
    catalogue: str | Path | Iterable[str | Path] | None = None,
    allow: Iterable[Allowed] | Mapping[str, Iterable[Allowed]] = (),
    digest_key: bytes | None = None,
    cache: bool | str | Path = True,
) -> Scanner:
    """A scanner for the packaged catalogue, or for what the arguments ask for.

    sits: id, display name, GUID, `category:financial`, `country:DE` or `presidio:US_SSN`, one or several.
    classifiers: ids; None for all that are not experimental, `()` for none.
    min_confidence: None (each SIT's own recommendation), `"purview"`, 1..100, or a mapping per SIT.
    catalogue: folder(s) of SIT files instead of the packaged ones; `"packaged"` in a list stands for these.
    allow: values or regexes that are no findings, for all SITs or per SIT.
    digest_key: gives each detection a keyed `digest` of its value.
    cache: True for the user's cache folder, another folder (`sitclassify compile -o`), or False.

    Raises `UnknownSitError`, `ConfigurationError`, `RuleError`, `CompileError`, `ModelError`.

    >>> scanner = load(sits="credit-card-number", classifiers=())
    >>> [d.sit for d in scanner.scan("my card number is 4111 1111 1111 1111").detections]
    ['credit-card-number']
    """
    _refuse_unbuilt(entities=entities, rule_packages=rule_packages, policies=policies)
    if digest_key is not None and not (isinstance(digest_key, bytes) and digest_key):
        raise ConfigurationError("digest_key is bytes, and not empty")
    asked = choice.names_of(sits)
    if isinstance(allow, (str, re.Pattern)):
        allow = [allow]
    elif not isinstance(allow, Mapping):
        allow = list(allow)
    folders = catalogues.folders_of(catalogue)
    rules = _rules(folders, asked, min_confidence, cache)
    known = {sit.id: sit for sit in rules.loaded.sits if sit.id not in rules.loaded.hidden}
    classify, models = _classifiers(classifiers)
    about = About(
        rules.version,
        {name: model.version for name, model in models.items()},
        {sit.id: Names(sit.name, sit.purview_guid) for sit in known.values()},
    )
    bundles, hidden = rules.loaded.bundles, rules.loaded.hidden
    is_allowed = _allowed(allow, rules.loaded)
    selection = Selection(rules.plan.sits, bundles, hidden, is_allowed, digest_key)
    remake = functools.partial(
        load,
        sits=asked,
        classifiers=None if classifiers is None else tuple(models),
        min_confidence=min_confidence,
        catalogue=folders,
        allow=allow,
        digest_key=digest_key,
        cache=cache,
    )
    return Scanner(Detector(rules), selection, about, known, classify, models, remake)


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


def compile_into(folder: Path, **arguments: Any) -> Path:
    """Compile what `load(**arguments)` would and write it to `folder`; the file's path.

    Raises what `load` raises, and `ConfigurationError` where the folder cannot be written.
    """
    compiler.check_writable(folder)
    asked = choice.names_of(arguments.get("sits"))
    confidence = arguments.get("min_confidence")
    folders = catalogues.folders_of(arguments.get("catalogue"))
    key, version = _key(folders, asked, confidence)
    path = folder / f"{compiler.entry_name(key)}.sits"
    compiler.write_entry(path, _build(folders, asked, confidence, version))
    return path


def cache_folder() -> Path:
    """The user's cache folder of compiled catalogues."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("sitclassify"))


def _rules(
    folders: list[Path],
    asked: list[str] | None,
    confidence: choice.Confidence,
    cache: bool | str | Path,
) -> compiler.CompiledRules:
    key, version = _key(folders, asked, confidence)

    def build() -> compiler.CompiledRules:
        return _build(folders, asked, confidence, version)

    if cache is False:
        return build()
    folder = cache_folder() if cache is True else Path(cache)
    return compiler.load_rules(key, folder, build)


def _key(
    folders: list[Path], asked: list[str] | None, confidence: choice.Confidence
) -> tuple[str, str]:
    """What a cache entry is for, and the catalogue's version."""
    digest = catalogues.digest(folders)
    told = dict(confidence) if isinstance(confidence, Mapping) else confidence
    key = json.dumps([digest, asked, told], sort_keys=True, default=str)
    return key, f"{VERSION}-{digest[:4]}"


def _build(
    folders: list[Path], asked: list[str] | None, confidence: choice.Confidence, version: str
) -> compiler.CompiledRules:
    sits = [item.sit for item in catalogues.read(folders)]
    return compiler.compile_rules(choice.choose(sits, asked, confidence), version)


def _classifiers(asked: Iterable[str] | None) -> tuple[Any, Mapping[str, Any]]:
    """What classifies a text, and the loaded classifiers by id."""
    ids = None if asked is None else tuple([asked] if isinstance(asked, str) else asked)
    if ids == ():
        return None, {}
    from sitclassify import classifiers

    return classifiers.load(ids)


def _allowed(
    allow: Iterable[Allowed] | Mapping[str, Iterable[Allowed]], loaded: choice.Loaded
) -> Callable[[str, str], bool] | None:
    """Whether a value of a SIT is allowed; None where nothing is."""
    per_sit: Mapping[str, Iterable[Allowed]] = allow if isinstance(allow, Mapping) else {"": allow}
    values: dict[str, set[str]] = {}
    patterns: dict[str, list[re.Pattern[str]]] = {}
    for name, items in per_sit.items():
        for sit in choice.resolve(loaded.sits, name) if name else {""}:
            for item in [items] if isinstance(items, (str, re.Pattern)) else items:
                if isinstance(item, str):
                    values.setdefault(sit, set()).add(distinct(item))
                elif isinstance(item, re.Pattern):
                    patterns.setdefault(sit, []).append(item)
                else:
                    raise ConfigurationError(
                        f"allow takes str and re.Pattern, not {type(item).__name__}"
                    )
    if not values and not patterns:
        return None

    def is_allowed(sit: str, value: str) -> bool:
        plain = distinct(value)
        return any(
            plain in values.get(key, ()) or any(p.search(value) for p in patterns.get(key, ()))
            for key in ("", sit)
        )

    return is_allowed


def _refuse_unbuilt(**arguments: Any) -> None:
    for name, value in arguments.items():
        if value:
            raise ConfigurationError(f"'{name}' is not built yet: leave it out")
