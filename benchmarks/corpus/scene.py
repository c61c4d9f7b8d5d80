"""What a prompt is made of: facts with their values, lures, the words of a language; and how a text is put together.

A genre writes a marker where a value belongs; `resolve` puts the values in and knows where they came to stand.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.corpus.values import Kind

_FIRST = 0xE000  # of the private use area: no text of ours has these characters
_MARKER = re.compile(f"[{chr(_FIRST)}-{chr(0xF8FF)}]")
_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Planted:
    """A value of a `label`, or with `is_lure` something that only looks like one."""

    value: str
    label: str
    is_lure: bool = False


@dataclass(frozen=True)
class Fact:
    """A kind's word in the language of the prompt, and the marker of a value. `kind` None: a lure."""

    word: str
    marker: str
    kind: Kind | None = None

    @property
    def key(self) -> str:
        """The word as a name in code or in a file of settings."""
        return _KEY.sub("_", self.word.lower()).strip("_")


@dataclass
class Scene:
    """One prompt in the making. `facts` are stated, in any order; `asides` are sentences."""

    language: dict[str, list[str]]
    dice: random.Random
    facts: list[Fact] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def mark(self, value: str, label: str, *, is_lure: bool = False) -> str:
        """A marker for a value."""
        self.planted.append(Planted(value, label, is_lure))
        return chr(_FIRST + len(self.planted) - 1)

    def value(self, marker: str) -> str:
        """What stands behind a marker."""
        return self.planted[ord(marker) - _FIRST].value

    def pick(self, name: str) -> str:
        """One of the language's sentences or words of this name."""
        return self.dice.choice(self.language[name])

    def again(self, fact: Fact) -> str:
        """A marker of another value of the same kind, for the next row; empty for a lure."""
        return self.mark(fact.kind.draw(self.dice), fact.kind.name) if fact.kind else "-"

    def said(self) -> list[str]:
        """The facts as sentences, among asides and talk."""
        said = [self.pick("say").format(word=f.word, value=f.marker) for f in self.facts]
        said += self.asides
        said += self.dice.sample(self.language["fill"], self.dice.randint(1, 3))
        self.dice.shuffle(said)
        return said

    def resolve(self, text: str) -> tuple[str, list[dict[str, Any]], list[dict[str, Any]]]:
        """The text, the spans of its values, and those of its lures; offsets are characters."""
        spans: list[dict[str, Any]] = []
        lures: list[dict[str, Any]] = []
        parts, length, last = [], 0, 0
        for found in _MARKER.finditer(text):
            planted = self.planted[ord(found.group()) - _FIRST]
            parts += [text[last : found.start()], planted.value]
            length += found.start() - last
            span = {"start": length, "end": length + len(planted.value), "label": planted.label}
            (lures if planted.is_lure else spans).append(span)
            length, last = length + len(planted.value), found.end()
        return "".join([*parts, text[last:]]), spans, lures


Genre = Callable[[Scene], str]
