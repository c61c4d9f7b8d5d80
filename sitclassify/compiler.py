"""SITs to databases and tables, and the cache of both.

A cache entry is one file: a line of JSON (what it is, digest of the rest), the SITs as JSON, the databases. It is
written beside its place and renamed into it, so that processes which start together never see half a file; one
that is damaged, of another version or of another machine's engine is built anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sitclassify.errors import ConfigurationError
from sitclassify.loaded import LoadedSits
from sitclassify.matcher import Database, compile_all, engine_version
from sitclassify.resources import source_digest
from sitclassify.tables import Tables, called_name, gated_name, guarded_name, waiting_name
from sitclassify.text import ALIKE

if TYPE_CHECKING:
    from sitclassify.choice import Loaded

_FORMAT = 6  # of the cache file; raised when its layout changes
_KEPT_ENTRIES = 24  # cache files kept; the oldest beyond are removed
_MAKERS = (
    "catalogue",
    "choice",
    "encodings",
    "expressions",
    "gate",
    "plan",
    "rules",
    "schema",
    "tables",
    "text",
)


class Part(NamedTuple):
    """A database and the shapes it finds, in its order.

    `width` is the most bytes they have; `reach`: characters around a word that calls for them in which they may be.
    """

    database: Database
    shapes: tuple[int, ...]
    width: int
    reach: int = 0


class CompiledRules:
    """The loaded SITs, the tables over them and the databases."""

    def __init__(
        self,
        sits: LoadedSits,
        hidden: Iterable[str],
        tables: Tables,
        databases: dict[str, Database],
        version: str,
    ) -> None:
        self.sits = sits
        self.hidden = frozenset(hidden)  # loaded for a bundle only
        self.ids = sits.numbered
        self.tables = tables
        self.version = version
        self.databases = databases
        self.gated_width = tables.width(tables.gated)
        self.wide_width = tables.width(tables.wide)
        self.open = databases["open"]
        self.runs = databases["runs"]
        self.keys = databases["keys"]
        self.tokens = databases["tokens"]
        self.spans = databases["spans"]
        self.near = databases["near"]
        self.callers = databases["callers"]
        self.columns = databases["columns"]
        self.numbers = databases["numbers"]
        self.codes = databases["codes"]
        self.gated = [
            Part(databases[gated_name(i)], shapes, self.gated_width)
            for i, shapes in enumerate(tables.gated_shards)
        ]
        self.wide = [Part(databases["wide"], tables.wide, self.wide_width)]
        self.bare = Part(databases["bare"], tables.bare, tables.width(tables.bare))
        self.guards = databases["guards"]
        self.guarded = [
            Part(databases[guarded_name(i)], shapes, tables.width(shapes))
            for i, shapes in enumerate(tables.guarded)
        ]
        self.dense = databases["dense"]
        self.cards = Part(databases["cards"], tables.cards, tables.width(tables.cards))
        self.headings = frozenset(tables.columns)  # shapes that are names of columns
        self.words = databases["words"]
        # Of each expression of it: the word, the bytes of boundary that its hits begin and end with.
        self.edges = [(i, tables.words[i].lead, tables.words[i].trail) for i in tables.keywords]
        self.regexes = databases["regexes"]
        self._folds = databases["folds"]
        self._mixed = databases["mixed"]
        self.called = [
            Part(databases[called_name(i)], shapes, tables.width(shapes), tables.reaches[i])
            for i, shapes in enumerate(tables.called)
        ]
        self._waiting = [
            Part(databases[waiting_name(i)], shapes, tables.width(shapes))
            for i, shapes in enumerate(tables.waiting)
        ]
        self._bits = [(sit, tables.sits[sit].bits) for sit in tables.waiting_of_sit]
        self._called_by: dict[int, tuple[frozenset[int], list[int]]] = {}

    def waiting_for(self, words: Iterable[int]) -> list[Part]:
        """The shapes of the SITs that may have their evidence in a text with `words`."""
        tables = self.tables
        elements = 0
        spoken: set[int] = set()
        asked: set[int] = set()
        for word in words:
            elements |= tables.elements_of_word[word]
            called = self._called_by.get(word)
            if called is None:  # at the first text with this word
                called = self._called_by[word] = self._calls_of(word)
            spoken |= called[0]
            asked.update(called[1])
        for sit in asked:
            if tables.waiting_of_sit[sit] not in spoken and tables.sits[sit].can_hold(elements):
                spoken.add(tables.waiting_of_sit[sit])
        return [self._waiting[i] for i in sorted(spoken)]

    def _calls_of(self, word: int) -> tuple[frozenset[int], list[int]]:
        """The sets of waiting shapes that a word calls for by itself, and the SITs that it may with other words."""
        tables = self.tables
        bits = tables.elements_of_word[word]
        sits = [sit for sit, needed in self._bits if needed & bits]
        alone = {sit for sit in sits if tables.sits[sit].can_hold(bits)}
        return (
            frozenset(tables.waiting_of_sit[sit] for sit in alone),
            [sit for sit in sits if sit not in alone],
        )

    def find_folds(self, data: bytes) -> set[int]:
        """Which foldings a text that is not ASCII needs (ids of `text.fold_expressions`)."""
        found = {hit[0] for hit in self._folds.scan(data)}
        if ALIKE in found and not self._mixed.scan(data):
            found.discard(ALIKE)
        return found


def compile_rules(loaded: Loaded, version: str) -> CompiledRules:
    """Compile the chosen SITs."""
    from sitclassify.plan import make_plan, text_expressions

    plan = make_plan([sit for sit in loaded.sits if not sit.is_bundle])
    databases = compile_all(plan.expressions | text_expressions())
    return CompiledRules(LoadedSits.of(loaded.sits), loaded.hidden, plan.tables, databases, version)


def load_rules(key: str, folder: Path, build: Callable[[], CompiledRules]) -> CompiledRules:
    """The rules of the cache entry `key` in `folder`; what `build` makes, and keeps there, if there is none."""
    path = folder / f"{entry_name(key)}.sits"
    rules = read_entry(path)
    if rules is None:
        rules = build()
        with contextlib.suppress(
            OSError
        ):  # a read-only place: the scanner works, the next start is slow
            write_entry(path, rules)
            _prune(folder)
    return rules


def entry_name(key: str) -> str:
    """File name of a cache entry: everything that makes one unfit for another."""
    told = f"{_FORMAT}\n{_package_version()}\n{source_digest(_MAKERS)}\n{engine_version()}\n{key}"
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def write_entry(path: Path, rules: CompiledRules) -> None:
    """Write a cache entry so that it is there whole or not at all."""
    import tempfile

    tables = {
        "sits": rules.sits.to_json(),
        "tables": rules.tables.to_json(),
        "hidden": sorted(rules.hidden),
    }
    blobs = [json.dumps(tables).encode(), *(base.dump() for base in rules.databases.values())]
    head: dict[str, Any] = {"format": _FORMAT, "engine": engine_version(), "version": rules.version}
    head["sizes"] = [len(blob) for blob in blobs]
    head["databases"] = list(rules.databases)
    head["digest"] = _digest(blobs)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines([json.dumps(head).encode() + b"\n", *blobs])
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise


def read_entry(path: Path) -> CompiledRules | None:
    """The rules in a cache entry; None where it is missing, damaged, foreign or not ours to trust."""
    try:
        if not _is_ours(path):
            return None
        with path.open("rb") as file:
            head = json.loads(file.readline())
            if head["format"] != _FORMAT or head["engine"] != engine_version():
                return None
            blobs = [file.read(size) for size in head["sizes"]]
            is_whole = not file.read(1)
        if not is_whole or head["digest"] != _digest(blobs):
            return None
        told = json.loads(blobs[0])
        databases = {
            name: Database.load(blob)
            for name, blob in zip(head["databases"], blobs[1:], strict=True)
        }
        tables = Tables.from_json(told["tables"])
        sits = LoadedSits.from_json(told["sits"])
        return CompiledRules(sits, told["hidden"], tables, databases, head["version"])
    except Exception:  # whatever is wrong with a cache file, it is built anew
        return None


def check_writable(folder: Path) -> None:
    """Raise `ConfigurationError` where a cache entry cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"cannot write to '{folder}': {error.strerror}") from None


def _digest(blobs: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for blob in blobs:
        digest.update(blob)
    return digest.hexdigest()


def _is_ours(path: Path) -> bool:
    """Hyperscan trusts a serialised database, so only a file of this user (or of root) is read."""
    owner = path.stat()
    if not hasattr(os, "getuid"):
        return True
    return owner.st_uid in (os.getuid(), 0) and not owner.st_mode & 0o002


def _prune(folder: Path) -> None:
    entries: list[Any] = sorted(folder.glob("*.sits"), key=lambda p: p.stat().st_mtime)
    for entry in entries[:-_KEPT_ENTRIES]:
        entry.unlink(missing_ok=True)


def _package_version() -> str:
    from sitclassify import __version__

    return __version__
