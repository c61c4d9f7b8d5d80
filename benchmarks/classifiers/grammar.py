"""A tiny text grammar: `{symbol}` is replaced by one of its alternatives, `[a|b|c]` by one of them."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

_INLINE = re.compile(r"\[([^\[\]{}]*\|[^\[\]{}]*)\]")
_SYMBOL = re.compile(r"\{([a-z_0-9]+)\}")
_DEPTH = 40  # expansions of one text; a grammar that needs more has a loop


def expand(template: str, symbols: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """One text of a template."""
    for _ in range(_DEPTH):
        before = template
        template = _INLINE.sub(lambda m: rng.choice(m.group(1).split("|")), template)
        template = _SYMBOL.sub(lambda m: _alternative(m.group(1), symbols, rng), template)
        if template == before:
            return template
    raise ValueError(f"grammar does not end: {template[:80]}")


def _alternative(name: str, symbols: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    if name == "number":
        return str(rng.choice((rng.randint(2, 12), rng.randint(10, 99), rng.randint(100, 9999))))
    if name == "amount":
        return f"{rng.randint(1, 999)},{rng.randint(0, 999):03d}"
    if name == "day":
        return f"{rng.randint(1, 28)}"
    if name == "year":
        return str(rng.randint(1995, 2026))
    return rng.choice(symbols[name])
