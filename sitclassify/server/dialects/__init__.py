"""What the dialects have in common: operations, and how each says that there is no verdict.

A dialect is one module: it reads its own bodies, asks `core`, and writes its own answers. A new one is a new module
and a name in `app.DIALECTS`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, NamedTuple

import pydantic

from sitclassify.server.calls import Call, Refused, Reply
from sitclassify.server.core import Core


class Operation(NamedTuple):
    """One thing that can be asked for, at one path or several."""

    name: str
    method: str
    paths: tuple[str, ...]  # `{name}` stands for one segment
    answer: Callable[[Core, Call], Awaitable[Reply]]
    summary: str
    model: type[pydantic.BaseModel] | None = None  # of the body
    example: Any = None  # a body that is answered 200
    is_open: bool = False  # needs no key
    scope: str | None = None  # that the key must have


class Dialect(NamedTuple):
    """A protocol somebody else's client speaks, or our own."""

    name: str
    operations: tuple[Operation, ...]
    refused: Callable[[Refused], Reply]
    unchecked: Callable[[str, bool], Reply]  # why; whether the content passes
    can_pass: bool = True  # whether it can let pass what could not be checked


Found = tuple[Dialect, Operation | None, Mapping[str, str]]


class Table:
    """Which operation a method and a path are."""

    def __init__(self, dialects: Iterable[Dialect]) -> None:
        self._exact: dict[tuple[str, str], Found] = {}
        self._templates: list[tuple[str, list[str], Dialect, Operation]] = []
        self._default, *_ = dialects = list(dialects)
        for dialect in dialects:
            for operation in dialect.operations:
                for path in operation.paths:
                    if "{" in path:
                        entry = (operation.method, path.split("/"), dialect, operation)
                        self._templates.append(entry)
                    else:
                        self._exact[operation.method, path] = (dialect, operation, {})

    def find(self, method: str, path: str) -> Found:
        """The operation, or none: the first dialect then says what is refused."""
        found = self._exact.get((method, path))
        if found:
            return found
        parts = path.split("/")
        for asked, template, dialect, operation in self._templates:
            if asked == method and len(template) == len(parts):
                params = _match(template, parts)
                if params is not None:
                    return dialect, operation, params
        return self._default, None, {}

    def unknown(self, path: str) -> Refused:
        """How a method or a path that is none of ours is refused."""
        methods = {m for m in ("GET", "POST") if self.find(m, path)[1] is not None}
        if methods:
            return Refused(405, "another method is asked for here", {"allow": ", ".join(methods)})
        return Refused(404, "no such operation; /openapi.json lists them")


def _match(template: list[str], parts: list[str]) -> dict[str, str] | None:
    params: dict[str, str] = {}
    for expected, part in zip(template, parts, strict=True):
        if expected.startswith("{"):
            params[expected[1:-1]] = part
        elif expected != part:
            return None
    return params
