"""What a client over HTTP sees of a text that may not pass: an error as OpenAI's and Anthropic's clients read it."""

from __future__ import annotations

import json
from typing import NamedTuple

from sitclassify.hooks.texts import Blocked, NotChecked

HEADERS = {
    "content-type": "application/json",
    "x-should-retry": "false",
}  # OpenAI's and Anthropic's clients ask it


class Refusal(NamedTuple):
    """Status and body."""

    status: int
    content: bytes


def refusal(error: Blocked | NotChecked) -> Refusal:
    """400 where policy forbids the text, 503 where it could not be checked; never a word of it."""
    is_blocked = isinstance(error, Blocked)
    kind = "invalid_request_error" if is_blocked else "api_error"
    code = "blocked_by_policy" if is_blocked else "not_checked"
    told = {"type": kind, "code": code, "param": None, "message": str(error)}
    body = json.dumps({"type": "error", "error": told}, ensure_ascii=False)
    return Refusal(400 if is_blocked else 503, body.encode())
