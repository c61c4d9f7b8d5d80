"""What passes between the gate and the dialects: calls, replies, refusals, and JSON as it comes."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, NamedTuple, TypeVar

import pydantic
import pydantic_core

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

M = TypeVar("M", bound=pydantic.BaseModel)
JSON = "application/json"


class Refused(Exception):  # noqa: N818 - an answer, not a fault of ours
    """A request that gets no verdict: its status and, without a word of its content, why."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


class Unchecked(Exception):  # noqa: N818 - the dialects answer it as `fail_open` says
    """Content that could not be checked: too late, too much at a time, no audit, or a fault of ours."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Call(NamedTuple):
    """One request, its body read whole."""

    id: str
    client: str  # name of the key it was made with
    params: Mapping[str, str]  # of the path
    query: Mapping[str, str]
    headers: Mapping[bytes, bytes]
    body: bytes

    def header(self, name: str) -> str:
        """A header's value, or an empty string."""
        return self.headers.get(name.encode(), b"").decode("latin-1")

    def json(self) -> Any:
        """The body as JSON. `Refused` 400 with where it is broken, never with what stands there."""
        return decode(self.body)

    def read(self, model: type[M]) -> M:
        """The body as `model`. `Refused` 400 or 422 with every field that is wrong."""
        return validated(self.json(), model)


class Reply(NamedTuple):
    """An answer: JSON types, or bytes as they are."""

    content: Any
    status: int = 200
    headers: Mapping[str, str] = {}
    media_type: str = JSON

    def adding(self, headers: Mapping[str, str]) -> Reply:
        """The same with more headers."""
        return self._replace(headers={**self.headers, **headers})

    def body(self) -> bytes:
        """The bytes that are sent."""
        return self.content if isinstance(self.content, bytes) else encode(self.content)


def decode(body: bytes) -> Any:
    """JSON as UTF-8. Half a surrogate pair, which JavaScript cuts texts into, is let in: it is scanned too."""
    try:
        return pydantic_core.from_json(body)
    except ValueError:
        pass
    try:
        return json.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(400, f"the body is not UTF-8: byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise Refused(400, f"the body is no JSON: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise Refused(400, "the body is nested too deeply") from None


def validated(content: Any, model: type[M]) -> M:
    """`content` as `model`. `Refused` 422 with every field that is wrong."""
    try:
        return model.model_validate(content)
    except pydantic.ValidationError as error:
        raise Refused(422, told(error)) from None


def encode(content: Any) -> bytes:
    """JSON types as UTF-8; half a surrogate pair goes out as the escape it came in as."""
    try:
        return pydantic_core.to_json(content)
    except pydantic_core.PydanticSerializationError:
        return json.dumps(content).encode()


def told(error: pydantic.ValidationError) -> str:
    """Which fields are wrong and why, without their values."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in problems[:5])
