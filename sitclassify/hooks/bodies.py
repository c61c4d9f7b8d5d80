"""The texts of a JSON body, whosever protocol it is, and their way back into it.

Every string is a text but the names that protocols are made of; a string that is JSON itself, as the arguments of a
tool call are, is opened. Who says a text is told by the nearest `role` around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sitclassify.hooks.texts import Text

# Fields whose name is no evidence for what stands in them.
_PLAIN = {
    "content", "text", "input", "output", "prompt", "system", "instructions", "refusal",
    "thinking", "reasoning", "reasoning_content", "message", "output_text", "input_text",
    "summary", "delta", "data", "query", "value", "parts",
}  # fmt: skip
# Fields of protocols; what looks like a name in them is none of the texts.
_NAMES = {
    "id", "object", "model", "type", "role", "status", "name", "index", "created", "created_at",
    "finish_reason", "stop_reason", "system_fingerprint", "service_tier", "call_id",
    "tool_call_id", "tool_use_id", "item_id", "response_id", "previous_response_id",
    "media_type", "phase",
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z][\w.:/-]{0,127}|[0-9]{10}")
_OPAQUE = frozenset(("signature", "encrypted_content", "encrypted_reasoning"))  # the provider's own
_SYSTEM = frozenset(("system", "instructions"))
_NESTED = frozenset(
    ("arguments", "partial_json", "input", "output", "content")
)  # may hold JSON as a string
_LEAST = 6  # digits of a number that is looked at


class Body:
    """The texts of a body, and the body with other texts in their places."""

    def __init__(self, content: Any, role: str | None = None, pointer: str = "") -> None:
        self._root: list[Any] = [content]
        self._places: list[tuple[Any, Any, Body | None]] = []
        self.texts: list[Text] = []
        for container, key, text, inner in _walk(self._root, 0, content, role, pointer, None):
            self._places.append((container, key, inner))
            self.texts += inner.texts if inner is not None else [text]

    @property
    def content(self) -> Any:
        """The body as it is now."""
        return self._root[0]

    def replace(self, texts: Sequence[str]) -> bool:
        """Put other texts in their places; whether any was another."""
        changed, position = False, 0
        for container, key, inner in self._places:
            if inner is not None:
                end = position + len(inner.texts)
                if inner.replace(texts[position:end]):
                    container[key] = json.dumps(inner.content)
                    changed = True
                position = end
                continue
            if texts[position] != self.texts[position].text:
                container[key] = texts[position]
                changed = True
            position += 1
        return changed


Place = tuple[Any, Any, Text, "Body | None"]


def _walk(
    container: Any, key: Any, value: Any, role: str | None, pointer: str, name: str | None
) -> Iterator[Place]:
    """Every text under `container[key]`. `name` is that of the nearest field."""
    if isinstance(value, dict):
        told = value.get("role")
        role = told if isinstance(told, str) else role
        is_file = value.get("type") == "base64"
        for field, inner in value.items():
            by = "system" if field in _SYSTEM and not pointer else role
            where = f"{pointer}/{str(field).replace('~', '~0').replace('/', '~1')}"
            if is_file and field == "data" and isinstance(inner, str):
                yield value, field, Text(inner, by, where, is_binary=True), None
            else:
                yield from _walk(value, field, inner, by, where, str(field))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _walk(value, i, inner, role, f"{pointer}/{i}", name)
    elif isinstance(value, str):
        yield from _string(container, key, value, role, pointer, name)
    elif isinstance(value, int) and abs(value) >= 10 ** (_LEAST - 1) and name not in _NAMES:
        yield container, key, Text(str(value), role, pointer, _label(name), False), None


def _string(
    container: Any, key: Any, value: str, role: str | None, pointer: str, name: str | None
) -> Iterator[Place]:
    if not value or name in _OPAQUE or (name in _NAMES and _NAME.fullmatch(value)):
        return
    if name in _NESTED and value.lstrip()[:1] in ("{", "["):
        try:
            content = json.loads(value)
        except (ValueError, RecursionError):
            content = None
        if content:
            inner = Body(content, role, pointer)
            yield container, key, Text(""), inner
            return
    is_binary = value.startswith("data:") and ";base64," in value[:200]
    yield container, key, Text(value, role, pointer, _label(name), is_binary=is_binary), None


def _label(name: str | None) -> str | None:
    return None if name is None or name in _PLAIN else f"{name}:"
