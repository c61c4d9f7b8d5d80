"""The wiring behind `sitclassify.load()`: catalogue, cache, classifiers and policies become a scanner."""

from __future__ import annotations

import functools
import json
import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sitclassify import choice, compiler, resources
from sitclassify.detector import Detector
from sitclassify.errors import ConfigurationError, PolicyError, PolicyWarning
from sitclassify.results import About
from sitclassify.rules import Sit, distinct
from sitclassify.scanner import Scanner
from sitclassify.selection import Selection

if TYPE_CHECKING:
    from sitclassify.policy import Policies

Allowed = str | re.Pattern[str]
VERSION = "2026.11"  # of the packaged catalogue; the beginning of its digest follows it in results

ENTITIES = ("all-full-names", "all-physical-addresses")  # SITs that `entities=` adds to all


def load(
    *,
    sits: str | Iterable[str] | None,
    classifiers: Any,
    entities: bool | str,
    min_confidence: choice.Confidence,
    policies: str | Policies | Iterable[Any],
    rule_packages: Iterable[Any],
    catalogue: str | Path | Iterable[str | Path] | None,
    allow: Iterable[Allowed] | Mapping[str, Iterable[Allowed]],
    digest_key: bytes | None,
    cache: bool | str | Path,
) -> Scanner:
    """What `api.load` tells."""
    _refuse_unbuilt(rule_packages=rule_packages)
    if not isinstance(entities, (bool, str)):
        raise ConfigurationError(
            f"entities is True, False or the name of a spaCy pipeline, not {type(entities).__name__}"
        )
    if digest_key is not None and not (isinstance(digest_key, bytes) and digest_key):
        raise ConfigurationError("digest_key is bytes, and not empty")
    asked = choice.names_of(sits)
    if isinstance(allow, (str, re.Pattern)):
        allow = [allow]
    elif not isinstance(allow, Mapping):
        allow = list(allow)
    folders = resources.folders_of(catalogue)
    agreed = _policies(policies)
    needs = agreed.needs if agreed else choice.NOTHING
    asking = _Asking(folders, asked, min_confidence, agreed, ENTITIES if entities else ())
    rules = _rules(asking, cache)
    known = rules.sits.without(rules.hidden)
    if agreed:
        _check_names(agreed, rules, folders)
        _tell_missing(agreed, known)
    wanted = _wanted(classifiers)
    classify, models = _classifiers(wanted, needs.classifiers)
    reader = _reader(entities, rules.ids)
    about = About(
        rules.version,
        {name: model.version for name, model in models.items()} | _versions(reader),
        known.names(),
        known,
        frozenset((*needs.confidences, *(("*",) if asked is None else ()))),
        loaded=rules.sits,
    )
    is_allowed = _allowed(allow, rules.sits)
    selection = Selection(
        rules.ids, rules.sits.bundles, rules.hidden, is_allowed, digest_key, rules.sits
    )
    remake = functools.partial(
        load,
        sits=asked,
        classifiers=wanted,
        entities=entities,
        min_confidence=min_confidence,
        policies=agreed or (),
        rule_packages=(),
        catalogue=folders,
        allow=allow,
        digest_key=digest_key,
        cache=cache,
    )
    detector = Detector(rules, reader)
    again = Scanner(detector, selection, about, known, None, {}, remake)
    about = about._replace(rescan=again.scan)
    return Scanner(detector, selection, about, known, classify, models, remake)


def compile_into(folder: Path, **arguments: Any) -> Path:
    """Compile what `load(**arguments)` would and write it to `folder`; the file's path.

    Raises what `load` raises, and `ConfigurationError` where the folder cannot be written.
    """
    compiler.check_writable(folder)
    asking = _Asking(
        resources.folders_of(arguments.get("catalogue")),
        choice.names_of(arguments.get("sits")),
        arguments.get("min_confidence"),
        _policies(arguments.get("policies", ())),
        ENTITIES if arguments.get("entities") else (),
    )
    key, version = _key(asking)
    path = folder / f"{compiler.entry_name(key)}.sits"
    compiler.write_entry(path, _build(asking, version))
    return path


def cache_folder() -> Path:
    """The user's cache folder of compiled catalogues."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("sitclassify"))


class _Asking(NamedTuple):
    """What a catalogue is compiled for."""

    folders: list[Path]
    sits: list[str] | None
    confidence: choice.Confidence
    policies: Policies | None
    also: tuple[str, ...]  # SITs that are added to all where no SITs are named


def _rules(asking: _Asking, cache: bool | str | Path) -> compiler.CompiledRules:
    key, version = _key(asking)

    def build() -> compiler.CompiledRules:
        return _build(asking, version)

    if cache is False:
        return build()
    folder = cache_folder() if cache is True else Path(cache)
    return compiler.load_rules(key, folder, build)


def _key(asking: _Asking) -> tuple[str, str]:
    """What a cache entry is for, and the catalogue's version."""
    digest = resources.digest(asking.folders)
    confidence = asking.confidence
    told = dict(confidence) if isinstance(confidence, Mapping) else confidence
    needed = asking.policies.needs.table() if asking.policies else []
    also = [list(asking.also)] if asking.also and asking.sits is None else []
    key = json.dumps([digest, asking.sits, told, *needed, *also], sort_keys=True, default=str)
    return key, f"{VERSION}-{digest[:4]}"


def _build(asking: _Asking, version: str) -> compiler.CompiledRules:
    from sitclassify import catalogue as catalogues

    sits = [item.sit for item in catalogues.read(asking.folders)]
    agreed = asking.policies
    if agreed:
        agreed.check_names(sits)
    needs = agreed.needs if agreed else choice.NOTHING
    chosen = choice.choose(sits, asking.sits, asking.confidence, needs, asking.also)
    return compiler.compile_rules(chosen, version)


def _reader(entities: bool | str, ids: Sequence[str]) -> Any:
    """The pipeline that reads context; None where none is asked for."""
    if not entities:
        return None
    from sitclassify.entities.finder import Finder

    if not Finder(ids):
        raise ConfigurationError(
            "entities finds person names and addresses, and none of their SITs is loaded: add "
            f"{' or '.join(ENTITIES)} to sits, or leave sits out"
        )
    from sitclassify.entities import context

    return context.load(entities)


def _versions(reader: Any) -> dict[str, str]:
    return {reader.name: reader.version} if reader is not None else {}


def _policies(asked: str | Policies | Iterable[Any]) -> Policies | None:
    """The loaded policies of the argument; None where there are none."""
    if not asked:
        return None
    from sitclassify import policy

    return policy.load(asked)


def _check_names(agreed: Policies, rules: compiler.CompiledRules, folders: list[Path]) -> None:
    """Also for rules from the cache, which another policy that awaits a SIT may have written."""
    if all(name in rules.sits for name in agreed.sits):
        return
    try:
        agreed.check_names(rules.sits.values())
    except PolicyError:
        from sitclassify import catalogue as catalogues

        agreed.check_names([item.sit for item in catalogues.read(folders)])  # the nearest of all
        raise


def _tell_missing(agreed: Policies, known: Iterable[str]) -> None:
    for name, sits in agreed.missing(known).items():
        told = f"policy '{name}': the catalogue has no {', '.join(sits)} yet; conditions on them never hold"
        warnings.warn(told, PolicyWarning, stacklevel=4)


def _wanted(classifiers: Any) -> tuple[Any, ...] | None:
    """The asked classifiers as a tuple; one alone need not be in a list."""
    if classifiers is None:
        return None
    is_one = isinstance(classifiers, (str, Path)) or not isinstance(classifiers, Iterable)
    return (classifiers,) if is_one else tuple(classifiers)


def _classifiers(
    wanted: tuple[Any, ...] | None, needed: frozenset[str]
) -> tuple[Any, Mapping[str, Any]]:
    """What classifies a text, and the loaded classifiers by id."""
    if not needed and wanted == ():
        return None, {}
    from sitclassify import classifiers

    return classifiers.load(wanted, needed)


def _allowed(
    allow: Iterable[Allowed] | Mapping[str, Iterable[Allowed]], loaded: Mapping[str, Sit]
) -> Callable[[str, str], bool] | None:
    """Whether a value of a SIT is allowed; None where nothing is."""
    per_sit: Mapping[str, Iterable[Allowed]] = allow if isinstance(allow, Mapping) else {"": allow}
    values: dict[str, set[str]] = {}
    patterns: dict[str, list[re.Pattern[str]]] = {}
    for name, items in per_sit.items():
        for sit in choice.resolve(list(loaded.values()), name) if name else {""}:
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
