"""What a client of Presidio's analyzer looks for itself, in one request: its own expressions and lists of words.

A recognizer's `context` raises a score as Presidio raises it: where one of its words is among the five before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex
from pydantic import BaseModel, ConfigDict, Field

from sitclassify.server.calls import Refused, Unchecked

PARSE = "Failed to parse /analyze request for AnalyzerEngine.analyze(). "
_FLAGS = int(regex.I | regex.M | regex.S | regex.X)  # as `re` numbers them
_SECONDS = 1.0  # for one expression of the client's own over one text
_WORD = regex.compile(r"\w+")
_WORDS_BEFORE = 5  # that are context
_CHARACTERS_BEFORE = 400  # where these are looked for
_RAISED, _LEAST = 0.35, 0.4  # by how much context raises a score, and to what at least


class Pattern(BaseModel):
    """An expression of the client's own."""

    model_config = ConfigDict(extra="forbid")

    name: str = ""
    regex: str
    score: float = Field(ge=0, le=1)


class Recognizer(BaseModel):
    """What the client looks for itself, in this request only."""

    model_config = ConfigDict(extra="ignore")

    name: str = "ad hoc"
    supported_entity: str
    patterns: list[Pattern] = []
    deny_list: list[str] = []
    deny_list_score: float = 1.0
    context: list[str] | None = None


class Finding(NamedTuple):
    """One finding under Presidio's name of its type; `raised` is the part of its score that is due to `because`."""

    kind: str
    start: int
    end: int
    score: float
    recognizer: str
    because: str = ""
    raised: float = 0.0
    pattern: Pattern | None = None


class Own(NamedTuple):
    """One expression of a recognizer, compiled."""

    recognizer: Recognizer
    pattern: Pattern
    compiled: regex.Pattern[str]
    context: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The type of what it finds."""
        return self.recognizer.supported_entity

    def find(self, text: str, told: Sequence[str]) -> Iterator[Finding]:
        """What it finds. `told`: words of context that came with the request. `Unchecked` where it takes too long."""
        try:
            for match in self.compiled.finditer(text, timeout=_SECONDS):
                if match.end() > match.start():
                    yield self._finding(text, match.start(), match.end(), told)
        except TimeoutError:
            raise Unchecked("timeout") from None

    def _finding(self, text: str, start: int, end: int, told: Sequence[str]) -> Finding:
        score, raised, because = self.pattern.score, 0.0, ""
        if self.context:
            before = _WORD.findall(text[max(0, start - _CHARACTERS_BEFORE) : start].casefold())
            near = [*before[-_WORDS_BEFORE:], *told]
            because = next((w for w in self.context if any(w in each for each in near)), "")
        if because:
            raised = min(1.0, max(score + _RAISED, _LEAST)) - score
        name = self.recognizer.name
        return Finding(self.kind, start, end, score + raised, name, because, raised, self.pattern)


def compiled(recognizers: Sequence[Recognizer], flags: int) -> Iterator[Own]:
    """Their expressions, compiled. `Refused` 400 for one that is none."""
    for one in recognizers:
        patterns = list(one.patterns)
        if one.deny_list:
            words = "|".join(regex.escape(word) for word in one.deny_list)
            listed = rf"(?<!\w)(?:{words})(?!\w)"
            patterns.append(Pattern(name="deny_list", regex=listed, score=one.deny_list_score))
        context = tuple(word.casefold() for word in one.context or ())
        for pattern in patterns:
            yield Own(one, pattern, compile_for(pattern.regex, flags), context)


def compile_for(pattern: str, flags: int) -> regex.Pattern[str]:
    """A client's expression. `Refused` 400 where it is none."""
    try:
        return regex.compile(pattern, flags & _FLAGS)
    except regex.error as error:
        raise Refused(400, f"{PARSE}{error.msg}") from None


def is_allowed(value: str, allowed: Sequence[regex.Pattern[str]]) -> bool:
    """Whether one of the client's expressions is found in a value. `Unchecked` where that takes too long."""
    try:
        return any(one.search(value, timeout=_SECONDS) for one in allowed)
    except TimeoutError:
        raise Unchecked("timeout") from None
