"""Harmless text in many languages: messages of an interface, and words as they fall.

The messages are Django's translations (BSD), function words and sentences spaCy's (MIT); both are read where
they are installed. They keep a model that knows a language from attacks alone from taking the language for one.
"""

from __future__ import annotations

import ast
import random
import re
from functools import cache
from importlib import import_module, util
from pathlib import Path

_MESSAGE = re.compile(r'^msgstr(?:\[\d\])? ((?:".*"\n)+)', re.MULTILINE)
_SLOT = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>|&\w+;")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST = 60  # messages of a language


def _django() -> Path:
    found = util.find_spec("django")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("everyday.py: needs Django's translations: pip install Django==5.2.19")
    return Path(found.submodule_search_locations[0])


@cache
def languages() -> tuple[str, ...]:
    """Codes of all languages but English."""
    folders = sorted((_django() / "conf" / "locale").iterdir())
    names = [path.name for path in folders if path.is_dir() and not path.name.startswith(("en", "__"))]  # fmt: skip
    return tuple(name for name in names if len(messages(name)) >= _LEAST)


@cache
def messages(language: str) -> tuple[str, ...]:
    """What an interface says in a language."""
    root, found = _django(), []
    for folder in (root / "conf", *sorted((root / "contrib").iterdir())):
        path = folder / "locale" / language / "LC_MESSAGES" / "django.po"
        if path.exists():
            for match in _MESSAGE.finditer(path.read_text(encoding="utf-8")):
                text = "".join(map(ast.literal_eval, match[1].splitlines()))
                if len(text) > 3 and "Project-Id" not in text:
                    found.append(" ".join(_SLOT.sub("…", text).split()))
    return tuple(dict.fromkeys(found))


@cache
def _common(language: str) -> tuple[list[str], list[str]]:
    """Function words and sentences that spaCy has."""
    code = {"zh_Hans": "zh", "zh_Hant": "zh", "pt_BR": "pt"}.get(language, language.split("_")[0])
    words: list[str] = []
    sentences: list[str] = []
    for part, into, name in (("stop_words", words, "STOP_WORDS"), ("examples", sentences, "sentences")):  # fmt: skip
        module = f"spacy.lang.{code}.{part}"
        try:
            into += sorted(getattr(import_module(module), name))
        except ModuleNotFoundError:
            continue
    return words, sentences


def text(language: str, rng: random.Random) -> str:
    """Some messages, or function words with words of messages between."""
    said = messages(language)
    words, sentences = _common(language)
    if not words or rng.random() < 0.5:
        return " ".join(rng.choices(said + tuple(sentences), k=rng.randint(1, 8)))
    content = [word for message in rng.choices(said, k=20) for word in _WORD.findall(message)]
    run = [
        rng.choice(words) if rng.random() < 0.65 or not content else rng.choice(content).lower()
        for _ in range(rng.randint(8, 60))
    ]
    return " ".join(run).capitalize() + rng.choice((".", "", "?", "!"))
