"""Program text: pieces of `code.txt` with names of their own, by language."""

from __future__ import annotations

import random
import re
from pathlib import Path

_SLOT = re.compile(r"(VAR|FUN|TYPE|MOD|STR|NUM)\d?")
# fmt: off
_WORDS, _VERBS = map(str.split, (
    "account action address answer basket batch book branch budget buffer button cell chart child city client color config content count course cursor customer date device document draft edge email entry error event factory field file filter form frame game grid group handle header id image index input invoice item job key label layer layout line link list log map mark menu message model month name node note number object offer option order owner page parent path payment person photo place player point price product profile project query rate record region report request result role room route row rule sample score screen season section service session shape shop size source stack stage state status step store student style table tag target task team test text ticket time title token total tree unit url user value vector version view visit weight window word year",
    "add apply build calc check clean close collect compare compute convert copy count create delete draw fetch fill filter find format get handle init insert is load make merge move open parse plot print process read remove render reset resolve run save search select send set show sort split start store update validate verify write",
))
# fmt: on
_SAID = (
    "Hello",
    "Error",
    "Done",
    "not found",
    "Loading",
    "Please wait",
    "invalid input",
    "Total",
    "Welcome",
    "failed",
    "name",
    "Enter a number",
    "Saved",
    "unknown option",
    "Result",
)  # fmt: skip


def _pieces() -> dict[str, list[str]]:
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    found = {}
    for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        language, body = part.split("\n", 1)
        found[language] = body.strip("\n").split("\n---\n")
    return found


PIECES = _pieces()
_CAMEL = {"javascript", "typescript", "java", "csharp", "go", "swift", "kotlin", "scala", "dart", "haskell"}  # fmt: skip


def _joined(words: list[str], language: str) -> str:
    if language in _CAMEL:
        return words[0] + "".join(word.title() for word in words[1:])
    return ("." if language == "r" else "_").join(words)


def _name(slot: str, language: str, rng: random.Random) -> str:
    words = rng.choices(_WORDS, k=rng.choice((1, 1, 2)))
    if slot == "VAR":
        return rng.choice("abcdeijknpqstxy") if rng.random() < 0.1 else _joined(words, language)
    if slot == "FUN":
        name = _joined([rng.choice(_VERBS), *words], language)
        return name[0].upper() + name[1:] if language in ("csharp", "go") else name
    if slot == "TYPE":
        return "".join(word.title() for word in words)
    if slot == "NUM":
        return str(rng.choice((0, 1, 2, 3, 5, 8, 10, 16, 20, 42, 64, 100, 200, 255, 404, 500, 1000, 8080)))  # fmt: skip
    return words[0] if slot == "MOD" else rng.choice(_SAID)


def code(language: str, rng: random.Random) -> str:
    """Some pieces of one language; a name stays the same within a piece."""
    parts = []
    for piece in rng.choices(PIECES[language], k=rng.choice((1, 2, 2, 3, 4, 6))):
        names: dict[str, str] = {}
        parts.append(
            _SLOT.sub(
                lambda slot, names=names: names.setdefault(slot[0], _name(slot[1], language, rng)),
                piece,
            )
        )
    return rng.choice(("\n", "\n\n")).join(parts)
