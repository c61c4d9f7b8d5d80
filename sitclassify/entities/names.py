"""Person names in a text: dictionaries of given and family names, and the words that introduce a person.

What counts is a run of capitalised words. The dictionaries (from the package names-dataset, Apache-2.0) hold no name
that is an everyday word in lower case too: such a one counts only beside a surer one, or where a word says that a
person follows ("my name is", "Dear", "Mrs").
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent
SURE, LIKELY, POSSIBLE = 85, 75, 65  # confidences
_MAX_WORDS = 5
_WORD = r"\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*"
_PARTICLE = r"(?:de|da|di|del|della|van|von|der|den|bin|al|el|la|le|dos|du|ter|ibn)[ \t]+"
_RUN = (
    rf"(?<![\p{{L}}\p{{N}}_@#/.’'-]){_WORD}(?:\.?[ \t]+(?:{_PARTICLE}){{0,2}}{_WORD}){{0,5}}"
    r"(?![\p{L}\p{N}_@/]|\.\p{L})"
)
_TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mister|Dr|Prof|Professor|Sir|Madam|Herr|Frau|Monsieur|Madame|Mme|Señor|Señora|Sr|Sra|"
    r"Signor|Signora|Doctor|Captain|Judge|Rev|Father|Sister)\.?"
)
_LEADS = (
    r"(?:my (?:full )?name(?: is|'s|’s)|name is|i am called|call me|named|"
    r"signed(?: by)?[:,]?|sincerely,?|regards,?|cheers,?|"
    r"dear|patient(?: name)?:?|employee:?|customer:?|client:?|attn:?|attention:?|contact:?|born|"
    r"(?:full |first |last |family |given |maiden |user |customer |card ?holder )?name\"?'?\s*[:=]\s*[\"']?|"
    r"mein name ist|ich heiße|je m'appelle|mi nombre es|me llamo|mi chiamo|meu nome é)\s*$"
)


class Name(NamedTuple):
    """A person's name; `lead` is the span of what introduces it."""

    start: int
    end: int
    confidence: int
    lead: tuple[int, int] | None


@functools.cache
def _lexicon() -> tuple[frozenset[str], ...]:
    """Given names, family names, everyday words and places, in lower case."""
    given, family, everyday, places = (
        frozenset((_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())
        for name in ("given", "family", "everyday", "places")
    )
    return given, family, everyday, places


@functools.cache
def _patterns() -> tuple[Any, Any, Any]:
    import regex

    return (
        regex.compile(_RUN),
        regex.compile(rf"{_TITLES}[ \t]+"),
        regex.compile(rf"(?i)(?<![\p{{L}}\p{{N}}_]){_LEADS}"),
    )


def find(text: str) -> Iterator[Name]:
    """The names in `text`, from left to right; offsets are those of `text`."""
    run, title, lead = _patterns()
    for match in run.finditer(text):
        start, end = match.span()
        introduced: tuple[int, int] | None = None
        titled = title.match(text, start, end)
        if titled:
            introduced, start = (start, titled.end()), titled.end()
        else:
            before = lead.search(text, max(0, start - 40), start)
            introduced = before.span() if before else None
        found = _judged(text, start, end, introduced)
        if found:
            yield found


def _judged(text: str, start: int, end: int, lead: tuple[int, int] | None) -> Name | None:
    """The name in a run of capitalised words, if it is one."""
    given, family, everyday, places = _lexicon()
    words = list(_words(text, start, end))
    while words and _is_everyday(text, words[0], everyday, given) and not lead:
        words.pop(0)
    if not words or len(words) > _MAX_WORDS:
        return None
    plain = [_plain(text[a:b]) for a, b in words]
    known = [p in given or p in family or _is_hyphenated(p, given) for p in plain]
    span = words[0][0], words[-1][1]
    if lead and (any(known) or not any(p in everyday for p in plain)):
        return Name(*span, SURE if any(known) else LIKELY, lead)
    if len(words) == 1:
        is_sure = (
            plain[0] in given
            and plain[0] not in places
            and plain[0] not in everyday
            and len(plain[0]) > 3
        )
        return Name(*span, LIKELY if is_sure else POSSIBLE, None) if plain[0] in given else None
    if plain[0] in given or _is_hyphenated(plain[0], given):
        if plain[-1] in family or plain[-1] in given:
            return Name(*span, SURE, None)
        if plain[-1] not in everyday:
            return Name(*span, LIKELY, None)
    if (
        plain[-1] in family
        and plain[0] not in everyday
        and plain[0] not in places
        and plain[-1] not in places
    ):
        return Name(*span, LIKELY, None)
    return None


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for part in text[start:end].split():
        position = text.index(part, position)
        yield position, position + len(part)
        position += len(part)


def _is_everyday(
    text: str, span: tuple[int, int], everyday: frozenset[str], given: frozenset[str]
) -> bool:
    plain = _plain(text[span[0] : span[1]])
    return plain in everyday and plain not in given


def _is_hyphenated(plain: str, given: frozenset[str]) -> bool:
    return "-" in plain and plain.partition("-")[0] in given


def _plain(word: str) -> str:
    return word.rstrip(".").lower().removesuffix("'s").removesuffix("’s")
