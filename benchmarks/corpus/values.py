"""Kinds of values, and valid and invalid ones drawn of them."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus.checks import CHECKS, MAKE
from sitclassify.yaml_file import YamlFile

_KINDS = Path(__file__).with_name("kinds.yaml")
_TRIES = 20_000  # the rarest check (a French VAT number) accepts one value in about 1,000
_SPOIL = 30  # a check of form alone refuses next to nothing that has the shape


@dataclass(frozen=True)
class Kind:
    """What is planted; `sits` are right for it, and `words` are what people call it, by language."""

    name: str
    shapes: tuple[str, ...]
    sits: tuple[str, ...]
    words: dict[str, list[str]]
    is_valid: Callable[[str], bool] | None
    make: Callable[[str], str] | None

    def words_in(self, language: str) -> list[str]:
        """Its names in `language`; empty where nobody there would write it."""
        return self.words.get(language) or self.words.get("all", [])

    def draw(self, dice: random.Random) -> str:
        """A valid value."""
        for value in self._drawn(dice, _TRIES):
            if self.is_valid is None or self.is_valid(value):
                return self.make(value) if self.make else value
        raise ValueError(f"{self.name}: none of {_TRIES} values of its shape has the right check")

    def spoil(self, dice: random.Random) -> str | None:
        """A value of the same shape with a wrong check; None where nothing of the shape is wrong."""
        if self.is_valid is None:
            return None
        return next((v for v in self._drawn(dice, _SPOIL) if not self.is_valid(v)), None)

    def _drawn(self, dice: random.Random, count: int) -> Iterator[str]:
        from rstr import Rstr

        draw, shape = Rstr(dice), dice.choice(self.shapes)
        return (draw.xeger(shape) for _ in range(count))


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order of their file."""
    data: dict[str, dict[str, Any]] = YamlFile(_KINDS).data
    return tuple(_kind(name, told) for name, told in data.items())


def _kind(name: str, told: dict[str, Any]) -> Kind:
    shape, valid, make = told["shape"], told.get("valid"), told.get("make")
    shapes = (shape,) if isinstance(shape, str) else tuple(shape)
    check = None
    if valid is not None:
        check = CHECKS.get(valid) or importlib.import_module(f"stdnum.{valid}").is_valid
    sits = tuple(told.get("sits", [name]))
    return Kind(name, shapes, sits, told["words"], check, MAKE[make] if make else None)
