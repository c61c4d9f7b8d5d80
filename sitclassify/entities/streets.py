"""Streets in a text: a word for a kind of street, a name, and mostly a number, in the order of each language."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

_FILE = Path(__file__).parent / "places" / "streets.tsv"
SURE, WEAK, BARE = (
    3.0,
    2.0,
    1.5,
)  # weights: with a number; with a word that means much else; without a number
_WIDE, _NEAR = 64, 16  # characters of a street on either side of its kind; of its name's beginning
_GLUED = ("end", "weak-end")
_SMALL = 1.0  # less for a name that is written small
_NUMBER = r"[0-9]{1,6}(?:[-–/][0-9]{1,4})?(?:[A-Za-z]\b|[ ][A-Hb-h]\b)?(?!\p{N})"
_SPELLED = r"(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|ONE|TWO)\b"
_ORDINAL = r"[0-9]{1,4}(?:st|nd|rd|th|ST|ND|RD|TH|[.º°ª])?"
_ANY = rf"(?:\p{{L}}[\p{{L}}\p{{M}}'’]*(?:-\p{{L}}[\p{{L}}\p{{M}}'’]*)*\.?|{_ORDINAL})"
_LETTERS = r"[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}'’]*(?:-\p{L}[\p{L}\p{M}'’]*)*\.?"
_LARGE = rf"(?:{_LETTERS}|{_ORDINAL})"
_JOINING = (
    r"(?:de|da|do|das|dos|del|della|delle|degli|dei|di|d['’]|du|des|la|le|les|l['’]|el|los|las|von|der|den|van|het|"
    r"y|e|i|of|the|te|al|'t|il-|l-)"
)
_NO_NAME = (  # words of sentences, which no name of a street has
    r"(?!(?i:of|and|or|to|in|on|at|for|is|are|was|with|my|your|a|an|if|you|can|this|that|by|from|as|it|we|they|"
    r"per|than|more|less|other|different|minutes?|hours?|days?|miles?|km|people|times|along|when|near|years?|months?)\b)"
)
_SIDE = r"(?i:[nsew]{1,2}\b\.?|(?:north|south)?(?:east|west)\b|north\b|south\b)"
_NO = r"(?:,?[ ]?(?i:n°|nº|no\.?:?|nr\.?|núm\.?|№|д\.|буд\.|#)?[ ]?)"
_LEFT = r"(?<![\p{L}\p{N}_.@/#$€£-]|[0-9][,:])"
_RIGHT = r"(?![\p{L}\p{M}])"
_HIGHWAY = (
    r"(?i:(?:u\.?s\.?|state|county|old|scenic|sr|cr|farm|ranch)[ ]){0,2}"
    r"(?i:highway|hwy|route|rte|rt|road|rd|fm|spur|interstate|loop|u\.s\.)\.?[ ](?:(?i:no)\.?[ ])?[0-9]{1,4}[A-Z]?\b"
)


class Street(NamedTuple):
    """A street; `weight` is how much it speaks for an address, `countries` whose layout it has, the likeliest first."""

    start: int
    end: int
    weight: float
    countries: tuple[str, ...]


class _Form(NamedTuple):
    place: str  # of the word for the kind of street
    pattern: Any
    countries: Mapping[str, tuple[str, ...]]  # by the word for the kind of street
    weight: float


def find(text: str) -> Iterator[Street]:
    """The streets in `text`; they may overlap."""
    pieces = _pieces(text)
    if any(map(text.__contains__, "0123456789")):
        pieces[""] = [(0, len(text))]
    for form in _forms():
        for low, high in pieces.get(form.place, ()):
            for match in form.pattern.finditer(text, low, high):
                groups = match.groupdict()
                is_numbered = groups.get("first") or groups.get("last")
                weight = form.weight if is_numbered else BARE
                weight -= _SMALL if groups["name"][:1].islower() and not _is_plain(groups) else 0.0
                kind = (groups.get("kind") or "").lower().rstrip(".")
                yield Street(match.start(), match.end(), weight, form.countries.get(kind, ("US",)))


def _pieces(text: str) -> dict[str, list[tuple[int, int]]]:
    """The parts of a text around words for kinds of streets, by the place of the words: only there are streets."""
    word, places, endings = _words()
    found: dict[str, list[tuple[int, int]]] = {}
    for match in word.finditer(text):
        plain, (start, end) = match[0].lower(), match.span()
        told = places.get(plain, ())
        if not told and plain.endswith(endings) and text[end : end + 3].strip(" .")[:1].isdigit():
            told = _GLUED
        for place in told:
            low, high = max(0, start - _WIDE), end + _WIDE
            beside = text[end : end + _NEAR] if place == "before" else text[low:start]
            if place not in _GLUED and beside.islower() and not _has_digit(beside):
                continue
            spans = found.setdefault(place, [])
            if spans and low <= spans[-1][1]:
                spans[-1] = spans[-1][0], high
            else:
                spans.append((low, high))
    return found


def _has_digit(text: str) -> bool:
    return not text.isascii() or any(map(text.__contains__, "0123456789"))


@functools.cache
def _words() -> tuple[Any, dict[str, tuple[str, ...]], tuple[str, ...]]:
    """A word; where those stand that name a kind of street by themselves; what others end in."""
    import regex

    found: dict[str, tuple[str, ...]] = {}
    for place, told in _kinds().items():
        for word in told if place != "letters" else ():
            key = regex.split(r"[^\p{L}]", word)[0]
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), place)))
    glued = tuple(w for w, told in found.items() if set(_GLUED) & set(told))
    return regex.compile(r"\p{L}+"), found, glued


def _is_plain(groups: Mapping[str, str | None]) -> bool:
    """Whether a street that is written small has a long number and a word that means nothing else."""
    number, kind = groups.get("first") or "", (groups.get("kind") or "").lower().rstrip(".")
    is_year = len(number.strip()) == 4 and number.startswith(("18", "19", "20"))
    return len(number.strip()) > 2 and not is_year and kind in _SHORT


_SHORT = frozenset(
    (
        "blvd",
        "ave",
        "rd",
        "pkwy",
        "hwy",
        "ln",
        "st",
        "dr",
        "ct",
        "ter",
        "avenue",
        "street",
        "boulevard",
    )
)


def by_letters(text: str) -> list[str]:
    """Countries whose languages have a letter of a text that few others have, in the order of the letters."""
    if text.isascii():
        return []
    letters = _kinds()["letters"]
    told = (country for letter in text.lower() for country in letters.get(letter, ()))
    return list(dict.fromkeys(told))


@functools.cache
def _forms() -> tuple[_Form, ...]:
    import regex

    kinds = _kinds()
    english = {word for word, told in kinds["after"].items() if "US" in told}
    other = set(kinds["after"]) - english
    first, last = rf"(?P<first>{_NUMBER}|{_SPELLED})", rf"{_NO}(?P<last>{_NUMBER})"
    more = rf"(?:[ ](?:{_JOINING}[ ])?{_LARGE})"
    large = rf"(?P<name>{_LARGE}{more}{{0,4}}?)"
    greedy = rf"(?P<name>{_LETTERS}(?:[ ](?:{_JOINING}[ ])?{_LETTERS}){{0,4}})"
    loose = rf"(?P<name>{_NO_NAME}{_ANY}(?:[ ]{_NO_NAME}{_ANY}){{0,4}}?)"
    side = rf"(?:[ ]{_SIDE})?"
    lead = rf"(?:(?P<first>{_NUMBER}),?[ ])?"
    glued = rf"(?:{_LARGE}[ ](?:{_JOINING}[ ])?){{0,3}}(?P<name>\p{{Lu}}[\p{{L}}\p{{M}}'’-]+?)"
    asked = (
        (rf"{first},?[ ](?:{_SIDE}[ ])?{loose}[ ]{_kind(english)}{_RIGHT}\.?{side}", "after", SURE),
        (rf"{first},?[ ](?:{_SIDE}[ ])?{loose}[ ]{_kind(kinds['weak'])}{_RIGHT}\.?{side}", "weak", WEAK),
        (rf"{large}[ ]{_kind(english)}{_RIGHT}\.?{side}(?:,?[ ](?P<last>{_NUMBER}))?", "after", SURE),
        (rf"{large}[ ]{_kind(other)}{_RIGHT}\.?(?:{last})?", "after", SURE),
        (rf"{lead}{_kind(kinds['before'])}{_RIGHT}[ ]?(?:{_JOINING}[ ]?){{0,2}}{greedy}(?:{last})?", "before", SURE),
        (rf"{glued}{_kind(kinds['end'])}\.?[ ](?P<last>{_NUMBER})", "end", SURE),
        (rf"{glued}{_kind(kinds['weak-end'])}\.?[ ](?P<last>{_NUMBER})", "weak-end", WEAK),
        (rf"{large}[ ]{_kind(kinds['weak-after'])}{_RIGHT}(?:{last})", "weak-after", WEAK),
        (rf"{first}[ ]{_SIDE}[ ](?P<name>{_NO_NAME}{_ANY}){side}", "", WEAK),
        (rf"{first}[ ](?:{_SIDE}[ ])?(?P<name>{_HIGHWAY}){side}", "", SURE),
    )  # fmt: skip
    return tuple(
        _Form(place, regex.compile(_LEFT + form), kinds.get(place, {}), weight)
        for form, place, weight in asked
    )


@functools.cache
def _kinds() -> dict[str, dict[str, tuple[str, ...]]]:
    """Where a word for a kind of street stands -> the word -> its countries."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        countries, place, words = line.split("\t")
        for word in words.split():
            told = found.setdefault(place, {})
            told[word] = (*told.get(word, ()), *countries.split())
    return {p: told | {w.rstrip("."): c for w, c in told.items()} for p, told in found.items()}


def _kind(words: Mapping[str, Any] | set[str]) -> str:
    import regex

    longest = sorted(words, key=len, reverse=True)
    return "(?P<kind>(?i:" + "|".join(regex.escape(word) for word in longest) + "))"
