"""Cities, regions, countries and postcodes, as they stand at a place of a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent / "places"
Countries = tuple[str, ...]
_WORDS = r"[\p{L}\p{M}](?:[\p{L}\p{M}'’-]|\.(?=\p{L}|[ ]\p{L}))*"
_NAME = rf"{_WORDS}(?:[ ]{_WORDS}){{0,5}}"
_CODE = r"[A-Z]{2,3}(?![\p{L}\p{N}_])"
_POSTCODE = (
    r"(?:[A-Z]{3}[ ][0-9]{4}|"
    r"(?:[A-Z]{1,2}-)?(?=[A-Z]*[0-9])[A-Z0-9]{2,8}(?:[ -][A-Z0-9]{2,4})?)(?![\p{L}\p{N}_])"
)
_OWN = (
    "GB",
    "CA",
    "NL",
    "IE",
    "BR",
    "PT",
    "JP",
    "PL",
    "SE",
    "GR",
    "MT",
)  # of a form that tells the country
_SMALL_WORDS = frozenset(
    ("in", "or", "me", "hi", "ok", "oh", "de", "la")
)  # and codes of states, in small letters
_YEARS = ("19", "20")


class Found(NamedTuple):
    """What stands at a place: where it ends, and the countries that it speaks for, the likeliest first."""

    end: int
    countries: Countries


@functools.cache
def _table(name: str) -> dict[str, str]:
    """Names in lower case, and codes of countries."""
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@functools.cache
def _regions() -> tuple[Mapping[str, Countries], Mapping[str, str]]:
    """Countries by the code and by the name of their regions."""
    codes: dict[str, Countries] = {}
    names: dict[str, str] = {}
    for line in (_FOLDER / "regions.txt").read_text("utf-8").splitlines():
        country, code, name, _ = line.split("\t")
        names[name] = f"{names.get(name, '')} {country}"
        if code:
            codes[code] = (*codes.get(code, ()), country)
    first = {"US": 0, "CA": 1, "AU": 2}
    return {
        code: tuple(sorted(told, key=lambda c: first.get(c, 9))) for code, told in codes.items()
    }, names


@functools.cache
def _postcodes() -> Mapping[str, Any]:
    import regex

    lines = (_FOLDER / "postcodes.txt").read_text("utf-8").splitlines()
    return {
        country: regex.compile(form) for country, form, _ in (line.split("\t") for line in lines)
    }


@functools.cache
def _patterns() -> tuple[Any, Any, Any]:
    import regex

    return regex.compile(_NAME), regex.compile(_CODE), regex.compile(_POSTCODE)


def city(text: str, start: int, *, small: bool = False) -> Found | None:
    """The city at a place; `small`: also one that is written without capitals."""
    return _named(text, start, _table("cities"), small)


def country(text: str, start: int) -> Found | None:
    """The country at a place."""
    return _named(text, start, _table("countries"), False)


def region(text: str, start: int, *, small: bool = False) -> Found | None:
    """The state or province at a place, by its name or its code."""
    codes, names = _regions()
    match = _patterns()[1].match(text, start)
    if match and match[0] in codes:
        return Found(match.end(), codes[match[0]])
    if small:
        code = text[start : start + 2]
        is_word = not text[start + 2 : start + 3].isalnum() and code not in _SMALL_WORDS
        if is_word and "US" in codes.get(code.upper(), ()):
            return Found(start + 2, ("US",))
    return _named(text, start, names, small)


def _named(text: str, start: int, table: Mapping[str, str], small: bool) -> Found | None:
    match = _patterns()[0].match(text, start)
    if not match or (not small and text[start].islower() and not text.startswith("the ", start)):
        return None
    name = match[0]
    while name:
        low = name.lower()
        countries = (
            table.get(low) or table.get(low.rstrip(".")) or table.get(low.removeprefix("the "))
        )
        if countries:
            return Found(start + len(name), tuple(countries.split()))
        name = name.rpartition(" ")[0]
    return None


def postcodes(text: str, start: int) -> Iterator[tuple[int, str]]:
    """What may be a postcode at a place, the longest first: where it ends, and itself."""
    match = _patterns()[2].match(text, start)
    if match:
        yield match.end(), match[0]
        shorter = match[0].split(" ")[0]
        if shorter != match[0] and any(c.isdigit() for c in shorter):
            yield start + len(shorter), shorter


@functools.lru_cache(maxsize=4096)
def is_postcode(country: str, value: str) -> bool:
    """Whether a value has the form of a country's postcodes; `D-10115` as well as `10115`."""
    form = _postcodes().get(country)
    head, _, rest = value.partition("-")
    bare = rest if head.isalpha() and rest else value
    return form is not None and bool(form.fullmatch(value) or form.fullmatch(bare))


@functools.cache
def _prefixes() -> Mapping[tuple[str, str], Any]:
    """What the postcodes of a region begin with, by its country and its code or name in lower case."""
    import regex

    found: dict[tuple[str, str], Any] = {}
    for line in (_FOLDER / "regions.txt").read_text("utf-8").splitlines():
        country, code, name, form = line.split("\t")
        for key in (code.lower(), name):
            found[country, key] = regex.compile(rf"(?:{form})")
    return found


def is_regional(country: str, region: str, value: str) -> bool:
    """Whether a value is a postcode of a region, which is a code or a name."""
    form = _prefixes().get((country, region.lower()))
    return form is not None and is_postcode(country, value) and bool(form.match(value))


@functools.lru_cache(maxsize=4096)
def own(value: str) -> Countries:
    """Countries that a postcode tells by its form alone."""
    is_telling = not value.isdigit()
    return tuple(c for c in _OWN if is_postcode(c, value)) if is_telling else ()


def is_like_year(value: str) -> bool:
    """Whether a postcode may be a year."""
    return len(value) == 4 and value.startswith(_YEARS)
