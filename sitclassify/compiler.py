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
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sitclassify.choice import Loaded
from sitclassify.errors import ConfigurationError
from sitclassify.expressions import Expression
from sitclassify.matcher import Database, Hit, engine_version
from sitclassify.plan import Plan, make_plan
from sitclassify.rules import from_table, to_table
from sitclassify.text import ALIKE

_FORMAT = 1  # of the cache file; raised when its layout or the plan changes
_DATABASES = (
    "places",
    "open",
    "gated",
    "gated_bare",
    "encodings",
    "words",
    "regexes",
    "lines",
    "folds",
    "mixed",
)
_KEPT_ENTRIES = 24  # cache files kept; the oldest beyond are removed


class CompiledRules:
    """The loaded SITs, the plan over them and the databases."""

    def __init__(
        self, loaded: Loaded, plan: Plan, databases: dict[str, Database], version: str
    ) -> None:
        self.loaded = loaded
        self.plan = plan
        self.version = version
        self.databases = databases
        self.encoding_count = len(plan.encoding_expressions())
        self.places = databases["places"]
        self.open = databases["open"]
        self.gated = databases["gated"]
        self.gated_bare = databases["gated_bare"]
        self.encodings = databases["encodings"]
        self.words = databases["words"]
        self.regexes = databases["regexes"]
        self._lines = databases["lines"]
        self._folds = databases["folds"]
        self._mixed = databases["mixed"]
        self._single: dict[int, Database] = {}

    def find_folds(self, data: bytes) -> set[int]:
        """Which foldings a text that is not ASCII needs (ids of `text.fold_expressions`)."""
        found = {hit[0] for hit in self._folds.scan(data)}
        if ALIKE in found and not self._mixed.scan(data):
            found.discard(ALIKE)
        return found

    def has_broken_lines(self, data: bytes) -> bool:
        """Whether a line break, with quote marks or an indent, stands between two digits."""
        return bool(self._lines.scan(data))

    def scan_shape(self, shape: int, data: bytes) -> list[Hit]:
        """Hits of one shape alone; its database is compiled at first use."""
        database = self._single.get(shape)
        if database is None:
            database = Database.compile([self.plan.shapes[shape].expression])
            self._single[shape] = database
        return [(shape, start, end) for _, start, end in database.scan(data)]


def compile_rules(loaded: Loaded, version: str) -> CompiledRules:
    """Compile the chosen SITs."""
    plan = _plan(loaded)
    return CompiledRules(loaded, plan, dict(_compiled(plan)), version)


def _plan(loaded: Loaded) -> Plan:
    return make_plan([sit for sit in loaded.sits if not sit.is_bundle])


def _compiled(plan: Plan) -> Iterable[tuple[str, Database]]:
    expressions: dict[str, list[Expression]] = {
        "places": plan.place_expressions(),
        "open": plan.open_expressions(),
        "gated": plan.gated_expressions(),
        "gated_bare": plan.gated_bare_expressions(),
        "encodings": plan.encoding_expressions(),
        "words": plan.word_expressions(),
        "regexes": plan.regex_expressions(),
        "lines": plan.line_expressions(),
        "folds": plan.fold_expressions(),
        "mixed": plan.mixed_expressions(),
    }
    for name in _DATABASES:
        yield name, Database.compile(expressions[name])


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
    told = f"{_FORMAT}\n{_package_version()}\n{engine_version()}\n{key}"
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def write_entry(path: Path, rules: CompiledRules) -> None:
    """Write a cache entry so that it is there whole or not at all."""
    blobs = [
        json.dumps([to_table(sit) for sit in rules.loaded.sits]).encode(),
        *(rules.databases[name].dump() for name in _DATABASES),
    ]
    body = b"".join(blobs)
    head: dict[str, Any] = {"format": _FORMAT, "engine": engine_version(), "version": rules.version}
    head["plan"] = rules.plan.digest()
    head["hidden"] = sorted(rules.loaded.hidden)
    head["sizes"] = [len(blob) for blob in blobs]
    head["digest"] = hashlib.blake2b(body, digest_size=32).hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(head).encode() + b"\n" + body)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise


def read_entry(path: Path) -> CompiledRules | None:
    """The rules in a cache entry; None where it is missing, damaged, foreign or not ours to trust."""
    try:
        if not _is_ours(path):
            return None
        line, _, body = path.read_bytes().partition(b"\n")
        head = json.loads(line)
        fits = head["format"] == _FORMAT and head["engine"] == engine_version()
        if not fits or head["digest"] != hashlib.blake2b(body, digest_size=32).hexdigest():
            return None
        blobs = _cut(body, head["sizes"])
        sits = tuple(from_table(table) for table in json.loads(blobs[0]))
        loaded = Loaded(sits, frozenset(head["hidden"]))
        plan = _plan(loaded)
        if plan.digest() != head["plan"]:  # other expressions under the same ids
            return None
        databases = {n: Database.load(b) for n, b in zip(_DATABASES, blobs[1:], strict=True)}
    except Exception:  # whatever is wrong with a cache file, it is built anew
        return None
    return CompiledRules(loaded, plan, databases, head["version"])


def check_writable(folder: Path) -> None:
    """Raise `ConfigurationError` where a cache entry cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"cannot write to '{folder}': {error.strerror}") from None


def _cut(body: bytes, sizes: list[int]) -> list[bytes]:
    blobs, position = [], 0
    for size in sizes:
        blobs.append(body[position : position + size])
        position += size
    return blobs


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
