"""Texts that name persons, places, organisations and addresses, and texts that only look so; deterministic by seed.

`templates/LANGUAGE.txt` holds one text a line, with `{person}` and the like where a value goes; what is in
`LANGUAGE-none.txt` has no entity. Names, addresses and organisations are Faker's, of many countries.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.entities.values import Values

_FOLDER = Path(__file__).with_name("templates")
_SLOT = re.compile(r"\{(\w+)\}")
_LABELS = {
    "person": "PERSON", "first": "PERSON", "last": "PERSON", "org": "ORGANIZATION", "team": "ORGANIZATION",
    "city": "LOCATION", "country": "LOCATION", "address": "ADDRESS", "address1": "ADDRESS",
}  # fmt: skip
_SPOKEN = {  # language of templates -> countries whose names and addresses they mostly have
    "en": ("en_US", "en_GB", "en_CA", "en_AU", "en_IN", "en_NZ", "en_IE"), "de": ("de_DE", "de_AT", "de_CH"),
    "fr": ("fr_FR", "fr_CH", "fr_CA", "fr_BE"), "es": ("es_ES", "es_MX", "es_CO", "es_AR", "es_CL"),
    "it": ("it_IT",), "pt": ("pt_BR", "pt_PT"), "nl": ("nl_NL", "nl_BE"), "pl": ("pl_PL",), "sv": ("sv_SE",),
    "da": ("da_DK", "no_NO"), "tr": ("tr_TR",), "ru": ("ru_RU",), "cs": ("cs_CZ", "sk_SK"), "hu": ("hu_HU",),
    "ro": ("ro_RO",), "fi": ("fi_FI",),
}  # fmt: skip
_SHARES = {"en": 10, "de": 3, "fr": 3, "es": 3, "it": 2, "pt": 2, "nl": 2}  # of texts; others: 1
_EMPTY = 0.33  # of texts, those without an entity
_ELSEWHERE = 0.45  # of values, those of any country
_LOWER, _UPPER, _SPACED, _JOINED = 0.07, 0.02, 0.15, 0.15  # of texts
Span = tuple[int, int, str]


class Made(NamedTuple):
    """A made text with the spans of its entities."""

    text: str
    spans: list[Span]


def make(count: int, seed: int) -> Iterator[Made]:
    """`count` texts."""
    rng = random.Random(seed)
    values = Values(rng)
    full, empty = _templates(""), _templates("-none")
    for _ in range(count):
        told = empty if rng.random() < _EMPTY else full
        language = rng.choices(list(told), [_SHARES.get(name, 1) for name in told])[0]
        made = _filled(rng.choice(told[language]), language, values, rng)
        while len(made.text) < 700 and rng.random() < _JOINED * 2:
            other = empty if rng.random() < _JOINED else full
            lines = other.get(language) or other["en"]
            made = _joined(made, _filled(rng.choice(lines), language, values, rng), rng)
        yield _styled(made, rng)


def _templates(ending: str) -> dict[str, list[str]]:
    return {
        language: [line.replace("\\n", "\n") for line in path.read_text("utf-8").splitlines()]
        for language in _SPOKEN
        if (path := _FOLDER / f"{language}{ending}.txt").is_file()
    }


def _filled(template: str, language: str, values: Values, rng: random.Random) -> Made:
    """The template with values; a label where one has one."""
    parts: list[str] = []
    spans: list[Span] = []
    length = at = 0
    for slot in _SLOT.finditer(template):
        locale = rng.choice(_SPOKEN[language])
        if rng.random() < _ELSEWHERE:
            locale = values.any_locale()
        value = values.of(slot[1], locale)
        before = template[at : slot.start()]
        start = length + len(before)
        is_same = before == " " and spans and slot[1] == "last" and spans[-1][1] == length
        if is_same:
            spans[-1] = spans[-1][0], start + len(value), spans[-1][2]
        elif slot[1] in _LABELS:
            spans.append((start, start + len(value), _LABELS[slot[1]]))
        parts += before, value
        length, at = start + len(value), slot.end()
    return Made("".join((*parts, template[at:])), spans)


def _joined(first: Made, second: Made, rng: random.Random) -> Made:
    between = rng.choice((" ", "\n", "\n\n"))
    base = len(first.text) + len(between)
    moved = [(start + base, end + base, label) for start, end, label in second.spans]
    return Made(first.text + between + second.text, first.spans + moved)


def _styled(made: Made, rng: random.Random) -> Made:
    """As people write it: in small letters, in capitals, with blanks around signs."""
    roll = rng.random()
    text, spans = made
    if roll < _LOWER:
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    elif roll < _LOWER + _UPPER:
        text = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
    if rng.random() < _SPACED and "\n" not in text:
        return _spaced(text, spans)
    return Made(text, spans)


def _spaced(text: str, spans: list[Span]) -> Made:
    """Tokens with one blank between them, as corpora have them."""
    pieces: list[str] = []
    moved: list[int] = []
    length = 0
    for i, sign in enumerate(text):
        is_sign = sign in ',.!?;:()"' or (sign == "'" and text[i + 1 : i + 2] == "s")
        is_inner = text[i - 1 : i].isdigit() or not text[i + 1 : i + 2].isspace()
        if is_sign and i and not text[i - 1].isspace() and (not is_inner or i + 1 == len(text)):
            pieces.append(" ")
            length += 1
        moved.append(length)
        pieces.append(sign)
        length += 1
    moved.append(length)
    ends = [(moved[start], moved[end - 1] + 1, label) for start, end, label in spans]
    return Made("".join(pieces), ends)
