"""What a scanner of a batch is loaded with: picklable, and loaded once in every process."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import sitclassify
from sitclassify.scanner import Scanner


def _tuple(values: Iterable[str] | str | None) -> tuple[str, ...] | None:
    return None if values is None else (values,) if isinstance(values, str) else tuple(values)


@dataclass(frozen=True)
class Options:
    """The arguments of `sitclassify.load` that a batch is scanned with; see there.

    >>> Options(sits=("credit-card-number",), classifiers=()).scanner() is Options(
    ...     sits=("credit-card-number",), classifiers=()).scanner()
    True
    """

    sits: tuple[str, ...] | None = None
    classifiers: tuple[str, ...] | None = None
    min_confidence: int | str | None = None
    catalogue: tuple[str, ...] | None = None
    allow: tuple[str | re.Pattern[str], ...] = ()
    cache: bool | str = True
    digest_key: bytes | None = None
    entities: bool | str = False

    def scanner(self) -> Scanner:
        """The scanner, loaded at the first call in this process."""
        return _load(self)

    @classmethod
    def of(
        cls,
        *,
        sits: Iterable[str] | str | None = None,
        classifiers: Iterable[str] | str | None = None,
        min_confidence: int | str | None = None,
        catalogue: Iterable[str | Path] | str | Path | None = None,
        allow: Iterable[str | re.Pattern[str]] = (),
        cache: bool | str | Path = True,
        digest_key: bytes | None = None,
        entities: bool | str = False,
    ) -> Options:
        """Options from what `load` takes: lists, single values and paths."""
        folders = [catalogue] if isinstance(catalogue, (str, Path)) else catalogue
        return cls(
            sits=_tuple(sits),
            classifiers=_tuple(classifiers),
            min_confidence=min_confidence,
            catalogue=None if folders is None else tuple(map(str, folders)),
            allow=tuple(allow),
            cache=cache if isinstance(cache, bool) else str(cache),
            digest_key=digest_key,
            entities=entities,
        )


@functools.lru_cache(maxsize=4)
def _load(options: Options) -> Scanner:
    return sitclassify.load(
        sits=options.sits,
        classifiers=options.classifiers,
        min_confidence=options.min_confidence,
        catalogue=options.catalogue,
        allow=options.allow,
        cache=options.cache,
        digest_key=options.digest_key,
        entities=options.entities,
    )
