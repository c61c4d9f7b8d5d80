"""Texts of the benchmarks, from what a definition says of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from itertools import cycle
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from benchmarks.numbers import numbers
from benchmarks.prose import TEXTS, prose, sentences

# One value and its evidence each; cards and IBANs are published examples, the rest is made up.
_FINDINGS = (
    "My credit card number is 4111 1111 1111 1111. ",
    "Send the money to IBAN DE89 3704 0044 0532 0130 00, please. ",
    "Her social security number is 536-90-4399. ",
    "My credit card number is 5555-5555-5555-4444. ",
    "Write to the office at zoe.quill@tidewater-books.org. ",
    "Send the money to IBAN GB29 NWBK 6016 1331 9268 19, please. ",
    "His social security number is 219-44-7713. ",
    "My credit card number is 3782 822463 10005. ",
)
_STEP = 1000  # characters from one finding to the next


Kind = Literal[
    "prose", "question", "document", "numbers", "worded-numbers", "csv", "worded-csv", "log", "worded-log"
]  # fmt: skip


class Recipe(BaseModel):
    """Which texts: a file of `texts/`, or `count` generated ones of about `size` characters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str | None = None
    kind: Kind | None = None
    size: int = 0
    count: int = 1
    repeat: int = 1  # a file so many times over
    replace: dict[str, str] = {}

    @model_validator(mode="after")
    def _is_one(self) -> Recipe:
        if (self.file is None) == (self.kind is None) or (self.kind and not self.size):
            raise ValueError("a text is either a 'file', or a 'kind' and its 'size'")
        return self

    def texts(self) -> list[str]:
        """The texts; the same at every call."""
        if self.file is not None:
            made = ["\n".join([_read(TEXTS / self.file)] * self.repeat)]
        else:
            made = [
                _KINDS[self.kind or "prose"](seed, self.size) for seed in range(1, self.count + 1)
            ]
        return [self._replaced(text) for text in made]

    def sized(self, size: int) -> Recipe:
        """The same with other sizes."""
        return self.model_copy(update={"size": size})

    def _replaced(self, text: str) -> str:
        for old, new in self.replace.items():
            if text.count(old) != 1:
                raise ValueError(f"'{old}' stands {text.count(old)} times in the text, not once")
            text = text.replace(old, new)
        return text


def document(seed: int, size: int) -> str:
    """Prose with a finding in every `_STEP` characters."""
    parts: list[str] = []
    length, planted = 0, 0
    findings = cycle(_FINDINGS)
    for sentence in sentences(seed):
        parts.append(sentence)
        length += len(sentence)
        if length >= (planted + 0.5) * _STEP:
            parts.append(next(findings))
            length += len(parts[-1])
            planted += 1
        if length >= size:
            break
    return "".join(parts)


def question(seed: int, size: int) -> str:
    """One sentence of 20 to `size` characters."""
    fitting = (s.strip() for s in sentences(seed) if 20 <= len(s.strip()) <= size)
    return next(fitting)


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip("\n")


_KINDS: dict[str, Callable[[int, int], str]] = {
    "prose": prose,
    "question": question,
    "document": document,
    "numbers": partial(numbers, is_worded=False),
    "worded-numbers": partial(numbers, is_worded=True),
    "csv": partial(numbers, is_worded=False, form="csv"),
    "worded-csv": partial(numbers, is_worded=True, form="csv"),
    "log": partial(numbers, is_worded=False, form="log"),
    "worded-log": partial(numbers, is_worded=True, form="log"),
}
