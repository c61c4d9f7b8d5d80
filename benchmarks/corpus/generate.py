"""Write the corpus: `python -m benchmarks.corpus.generate [--seed N] [--count N] [--output FILE]`."""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks.corpus import FILE
from benchmarks.corpus.genres import GENRES
from benchmarks.corpus.lures import LURES
from benchmarks.corpus.scene import Fact, Scene
from benchmarks.corpus.values import Kind, kinds
from sitclassify.yaml_file import YamlFile

SEED, COUNT = 20261125, 5_000
_BENIGN = 3  # one prompt in this many has no value at all, lures only
_AT_HOME = 4  # a kind comes this many times as often in a language of its own as in English
_LANGUAGES = Path(__file__).with_name("languages.yaml")


def prompts(seed: int = SEED, count: int = COUNT) -> Iterator[dict[str, Any]]:
    """`count` prompts, the same for the same seed and the same versions of rstr and python-stdnum.

    Every kind, language and genre comes equally often, as far as a kind has words in a language.
    """
    dice = random.Random(seed)
    turns = cycle(kinds())
    genres = cycle(GENRES)
    for number in range(count):
        kind = next(turns)
        spoken = [name for name in languages() if kind.words_in(name)]
        (language,) = dice.choices(spoken, [1 if name == "en" else _AT_HOME for name in spoken])
        yield _prompt(number, kind, language, next(genres), dice)
        if number % len(GENRES) == 0:
            next(genres)  # so that a genre does not meet the same kinds all the time


@cache
def languages() -> dict[str, dict[str, list[str]]]:
    """What the prompts are written with, by language."""
    data: dict[str, dict[str, list[str]]] = YamlFile(_LANGUAGES).data
    return {name: told | {"language": [name]} for name, told in data.items()}


def _prompt(
    number: int, kind: Kind, language: str, genre: str, dice: random.Random
) -> dict[str, Any]:
    scene = Scene(languages()[language], dice)
    known = [k for k in kinds() if k.words_in(language)]
    is_benign = number % _BENIGN == 0
    if not is_benign:
        others = [k for k in known if k is not kind]
        for planted in [kind, *dice.sample(others, dice.choice((0, 0, 0, 1, 1, 2)))]:
            word = dice.choice(planted.words_in(language))
            marker = scene.mark(planted.draw(dice), planted.name)
            scene.facts.append(Fact(word, marker, planted))
    for name in dice.choices(list(LURES), k=dice.choice((1, 2, 3) if is_benign else (0, 0, 1))):
        LURES[name](scene, kind)
    text, spans, lures = scene.resolve(GENRES[genre](scene))
    told = {"id": f"s{number:04d}", "language": language, "genre": genre, "text": text}
    return told | {"spans": spans, "lures": lures}


def write(path: Path, seed: int, count: int) -> None:
    """One JSON object a line, compressed; no time stamp in it, so that the same is the same file."""
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as lines:
        for prompt in prompts(seed, count):
            lines.write((json.dumps(prompt, ensure_ascii=False) + "\n").encode())


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--output", type=Path, default=FILE)
    asked = parser.parse_args()
    write(asked.output, asked.seed, asked.count)


if __name__ == "__main__":
    main()
