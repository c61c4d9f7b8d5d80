"""Made-up English prose: varied, with years, prices and small numbers; the same for the same seed.

The words are our own (`texts/words.yaml`); the sentences mean nothing, but their letters, capitals,
punctuation and numbers are as frequent as in what people write, which is what a matcher feels.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from sitclassify.yaml_file import YamlFile

TEXTS = Path(__file__).parent / "texts"

# A name in braces is a list of `words.yaml` or one of `_NUMBERS`; the weight is how often.
_FRAMES = (
    (6, "The {quality} {thing} near the {thing} was {manner} {quality}, so {person} {action} it."),
    (6, "{person} {action} the {thing} and {action} a {quality} {thing} on {weekday}."),
    (5, "Can you {wish} this {thing} for a {quality} {thing} in about {count} words?"),
    (5, "Please {wish} the {quality} {thing}, then {wish} the {thing} in {small} {unit}."),
    (
        4,
        "I don't know why the {thing} {manner} {action} the {thing}; it's {quality} and {quality}.",
    ),
    (4, "In {year}, {person} {surname} {action} the first {thing} of {place}."),
    (3, "We {action} {count} {unit} in {place}, and the {thing} cost {price}."),
    (3, "My {thing} is {manner} {quality}: the {thing}, the {thing} and {small} {thing}s."),
    (3, "What is the difference between a {thing} and a {quality} {thing}?"),
    (2, '"Every {thing} needs a {thing}," said {person}, "but {manner} a {quality} one."'),
    (
        2,
        "Between {month} {year} and {month} {year} it rose by {percent} (see chapter {count}).",
    ),
    (2, "{group} and {group} {action} a {quality}-{quality} {thing} for the {ordinal} time."),
    (2, "If the {thing} isn't {quality}, {wish} the {thing} - or {wish} {small} {thing}s instead."),
    (1, "The {thing} opens at {clock} and closes at {hour}; call the {thing} if you're late."),
    (
        1,
        "Steps:\n1. {wish} the {thing}\n2. {wish} a {quality} {thing}\n3. {wish} {small} {thing}",
    ),
    (1, "Version {release} of the {thing} {action} about {thousands} {unit} per {thing}."),
)
_NUMBERS: dict[str, Callable[[random.Random], str]] = {
    "year": lambda dice: str(dice.randint(1780, 2026)),
    "count": lambda dice: str(dice.randint(2, 450)),
    "price": lambda dice: dice.choice("$€£") + f"{dice.randint(100, 90000) / 100:.2f}",
    "percent": lambda dice: f"{dice.randint(1, 99)}.{dice.randint(0, 9)}%",
    "ordinal": lambda dice: f"{dice.randint(4, 20)}th",
    "clock": lambda dice: f"{dice.randint(7, 12)}:{dice.randint(0, 59):02d}",
    "hour": lambda dice: f"{dice.randint(1, 11)}pm",
    "release": lambda dice: f"{dice.randint(1, 9)}.{dice.randint(0, 30)}",
    "thousands": lambda dice: f"{dice.randint(1, 99)},{dice.randint(0, 999):03d}",
}
_ASCII = str.maketrans({"€": "$", "£": "$", "ó": "o"})


def sentences(seed: int, *, is_ascii: bool = True) -> Iterator[str]:
    """Sentences without end, each with the blank or line break that follows it."""
    dice = random.Random(seed)
    words = _words()
    weights = [weight for weight, _ in _FRAMES]
    while True:
        frame = dice.choices(_FRAMES, weights)[0][1]
        text = _filled(frame, dice, words)
        text = text[0].upper() + text[1:] + dice.choices((" ", "\n", "\n\n"), (12, 1, 2))[0]
        yield text.translate(_ASCII) if is_ascii else text


def prose(seed: int, size: int, *, is_ascii: bool = True) -> str:
    """About `size` characters of prose: whole sentences, at most one more than fits."""
    parts: list[str] = []
    length = 0
    for sentence in sentences(seed, is_ascii=is_ascii):
        parts.append(sentence)
        length += len(sentence)
        if length >= size:
            break
    return "".join(parts)


def _filled(frame: str, dice: random.Random, words: dict[str, list[str]]) -> str:
    out: list[str] = []
    for part in frame.split("{"):
        name, brace, rest = part.partition("}")
        if not brace:
            out.append(part)
        elif name in _NUMBERS:
            out += (_NUMBERS[name](dice), rest)
        else:
            out += (dice.choice(words[name]), rest)
    return "".join(out)


@cache
def _words() -> dict[str, list[str]]:
    data: dict[str, str] = YamlFile(TEXTS / "words.yaml").data
    return {role: words.split() for role, words in data.items()}
