"""The compiled multi-pattern matcher: everything that touches Hyperscan.

Block mode only (the binding's streaming mode is unsafe). One scratch per thread and database: a shared one fails
under threads. Callbacks append and do nothing else.
"""

from __future__ import annotations

import platform
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sitclassify.errors import CompileError
from sitclassify.expressions import Expression

try:
    import hyperscan
except ImportError as error:  # pragma: no cover - a processor without the instructions it needs
    raise ImportError(
        "the package 'hyperscan' cannot be loaded: it needs x86-64 with SSE4.2 or AArch64, "
        "and one of the wheels of https://pypi.org/project/hyperscan"
    ) from error

if TYPE_CHECKING:
    import subprocess

_BESIDE = ("words", "near")  # databases that take as long to compile as all others together
_MANY = 2_000  # expressions in these from which a second process is worth its start
_SIZE = 8  # bytes that tell the size of a database
Hit = tuple[int, int, int]  # expression id, start, end: bytes


# Hyperscan has no empty database: one that finds what no text holds by chance.
_NOTHING = Expression("\\x00\\x01\\x02\\x03nothing\\x03\\x02\\x01\\x00", "nothing", once=True)


def _flags(expression: Expression) -> int:
    flags = 0 if expression.ends_only else hyperscan.HS_FLAG_SOM_LEFTMOST
    if expression.once:
        flags = hyperscan.HS_FLAG_SINGLEMATCH
    flags |= hyperscan.HS_FLAG_CASELESS if expression.caseless else 0
    flags |= hyperscan.HS_FLAG_UTF8 if expression.utf8 else 0
    return int(flags)


def _collect(expression: int, start: int, end: int, _flags: int, hits: list[Hit]) -> None:
    hits.append((expression, start, end))


class Database:
    """Expressions compiled together; an expression's id is its index."""

    __slots__ = ("_data", "_database", "_local")

    def __init__(self, database: Any = None, data: bytes = b"") -> None:
        self._database = database
        self._data = data  # until the first scan, of one that comes from the cache
        self._local = threading.local()

    @classmethod
    def compile(cls, expressions: Sequence[Expression]) -> Database:
        """Compile `expressions`; `CompileError` names the ones that Hyperscan refuses."""
        try:
            return cls(_compiled(expressions))
        except hyperscan.error as error:
            refused = [f"{e.owner}: {told}" for e in expressions if (told := _refusal(e))]
            raise CompileError("\n".join(refused) or str(error)) from None

    @classmethod
    def load(cls, data: bytes) -> Database:
        """The database that `dump` gave `data` for. Trusted by Hyperscan: only from our own cache."""
        return cls(data=data)

    def dump(self) -> bytes:
        """The serialised database."""
        return self._data or bytes(hyperscan.dumpb(self._database))

    def _scratch(self) -> Any:
        """The scratch of this thread, made at its first scan."""
        data = (
            self._data
        )  # read first: another thread that takes it away has set the database before
        if self._database is None:
            self._database = hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)
            self._data = b""
        scratch = self._local.scratch = hyperscan.Scratch(self._database)
        return scratch

    def scan(self, data: bytes) -> list[Hit]:
        """Every hit: (expression id, start, end) in bytes, in order of their ends."""
        local = self._local
        try:
            scratch = local.scratch
        except AttributeError:
            scratch = self._scratch()
        hits: list[Hit] = []
        self._database.scan(data, _collect, 0, hits, scratch)
        return hits


def compile_all(expressions: Mapping[str, Sequence[Expression]]) -> dict[str, Database]:
    """Databases by name; where there is much, a second process compiles the dear ones beside this one.

    Raises `CompileError`.
    """
    beside = {name: expressions[name] for name in _BESIDE if name in expressions}
    much = sum(map(len, beside.values())) > _MANY
    worker = _start(list(beside.values())) if much else None
    done = {
        name: Database.compile(found)
        for name, found in expressions.items()
        if worker is None or name not in beside
    }
    if worker is not None:
        data, _ = worker.communicate()
        if worker.returncode == 0:
            for name in beside:
                size, data = int.from_bytes(data[:_SIZE]), data[_SIZE:]
                done[name], data = Database.load(data[:size]), data[size:]
        else:
            done |= {name: Database.compile(found) for name, found in beside.items()}
    return {name: done[name] for name in expressions}


def _start(lists: list[Sequence[Expression]]) -> subprocess.Popen[bytes] | None:
    """A process that compiles `lists` and writes the databases; None where none can be started."""
    import json
    import subprocess
    import tempfile

    with tempfile.TemporaryFile() as told:  # a pipe would be full before the process reads
        told.write(json.dumps(lists).encode())
        told.seek(0)
        program = f"import sys; sys.path[:0] = {sys.path!r}; from {__name__} import _work; _work()"
        try:
            return subprocess.Popen(
                [sys.executable, "-c", program],
                stdin=told,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, ValueError):
            return None


def _work() -> None:
    """What that process does; any failure is the parent's to tell, which compiles the lists again."""
    import json

    for expressions in json.load(sys.stdin.buffer):
        data = Database.compile([Expression(*fields) for fields in expressions]).dump()
        sys.stdout.buffer.write(len(data).to_bytes(_SIZE) + data)


def _compiled(expressions: Sequence[Expression]) -> Any:
    expressions = expressions or [_NOTHING]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[e.pattern.encode() for e in expressions],
        ids=list(range(len(expressions))),
        elements=len(expressions),
        flags=[_flags(e) for e in expressions],
    )
    return database


def _refusal(expression: Expression) -> str:
    """What Hyperscan says against one expression; empty where it takes it."""
    try:
        _compiled([expression])
    except hyperscan.error as error:
        return f"Hyperscan refuses the expression: {error}: {expression.pattern[:200]}"
    return ""


def engine_version() -> str:
    """Library and processor: a serialised database is read by the same ones only."""
    database = _compiled([_NOTHING])
    number = hyperscan.__version__  # type: ignore[attr-defined]
    return f"{number} {database.info()!r} {platform.machine()}"
