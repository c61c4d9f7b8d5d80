"""Parts of an address that are no street: unit, postcode and city, region, country, at a place of a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from sitclassify.entities import places

Votes = tuple[tuple[str, float], ...]  # for countries
_SECOND = 0.7  # of a vote, for a country that is not the likeliest
LONG = 5  # digits of a postcode that is no year and no small number
_UNIT = (
    r"(?i:(?:suite|ste|apt|apartment|appt|unit|floor|fl|room|rm|bldg|bld|building|lot|mailbox|trlr|slip|stop|msc|"
    r"piso|étage|bloco|block|sala|flat|кв)\b\.?[ ]?#?[ ]?[\p{L}\p{N}-]{1,8}\b|#[ ]?[\p{L}\p{N}-]{1,8}|"
    r"[0-9]{1,3}(?:st|nd|rd|th|er|e)?[ ](?:floor|flr|étage))"
)
_BOX = (
    r"(?i:\b(?:p\.?[ ]?o\.?[ ]?box|post office box|postfach|postbus|postboks|apartado(?: postal)?|caixa postal)"
    r"[ ]?#?[ ]?[0-9]{1,7}(?:-[0-9]+)?|"
    r"\b(?:rural route|rr|hcr?|highway contract|hwy contract|star route|route|rte?)[ ]?(?:rte|route)?"
    r"[ ]?\#?[ ]?[0-9]{0,4}[a-z]?,?[ ]?box[ ]?\#?[ ]?[0-9]{1,6}[a-z]?)\b|"
    r"\b[AFD]PO,?[ ]A[AEP],?[ ][0-9]{5}\b"
)
_DRAWER = r"(?i:\b(?:box|drawer|lockbox)[ ]?#?[ ]?[0-9]{1,7}\b)"
BETWEEN = r"[ \t]*(?:\.?,|[;|·•]|[-–](?=[ ]))?[ \t]*(?:\n[ \t>|*]*)?(?:[-–][ ])?"
_UNKNOWN = (  # a postcode and a place that no list knows, or the place and the postcode
    r"(?:(?P<code>(?:[A-Z]{1,2}-?)?[0-9]{3,7}(?:[ -][0-9]{2,4})?)[ -]\p{Lu}[^\n,;0-9]{2,40}|"
    r"\p{Lu}[^\n,;0-9]{2,40}[ -]{1,3}(?P<last>[0-9]{4,7}))(?=[ \t]*(?:[,;\n]|$))"
)


class Part(NamedTuple):
    """A part of an address: where it ends, how much it speaks for one, and for which countries."""

    end: int
    weight: float
    countries: Votes = ()
    kind: str = ""
    postcode: str = ""  # one that the country is to confirm


class _Patterns(NamedTuple):
    unit: Any
    box: Any
    drawer: Any
    between: Any
    unknown: Any


@functools.cache
def _patterns() -> _Patterns:
    import regex

    return _Patterns(*map(regex.compile, (_UNIT, _BOX, _DRAWER, BETWEEN, _UNKNOWN)))


def after(text: str, at: int) -> int:
    """Where the next part begins after one that ends at a place."""
    return int(_patterns().between.match(text, at).end())


def part(text: str, at: int, *, small: bool = False) -> Part | None:
    """The part at a place, after others; `small`: cities and regions may be written without capitals."""
    if at >= len(text):
        return None
    return (
        box(text, at)
        or _unit(text, at)
        or post_first(text, at)
        or _country_line(text, at)
        or _foreign(text, at)
        or city_first(text, at, small=small)
        or region_first(text, at, small=small)
        or _country(text, at)
        or bare_postcode(text, at)
        or unknown(text, at)
    )


def boxes(text: str) -> Iterator[tuple[int, Part]]:
    """Every post office box with its place."""
    for match in _patterns().box.finditer(text):
        yield match.start(), Part(match.end(), 3.0, (("US", 0.3),), "box")


def box(text: str, at: int) -> Part | None:
    """The post office box at a place."""
    match = _patterns().box.match(text, at)
    return Part(match.end(), 3.0, (), "box") if match else None


def _unit(text: str, at: int) -> Part | None:
    match = _patterns().unit.match(text, at) or _patterns().drawer.match(text, at)
    return Part(match.end(), 1.0, (), "unit") if match else None


def votes(countries: tuple[str, ...], weight: float) -> Votes:
    """A vote for each country, the first a little more."""
    own = dict.fromkeys(countries)
    return tuple((c, weight if i == 0 else weight * _SECOND) for i, c in enumerate(own))


def post_first(text: str, start: int) -> Part | None:
    """A postcode and its city."""
    for end, value in places.postcodes(text, start):
        at = after(text, end)
        city = places.city(text, at) if at > end else None
        fitting = _fitting(city.countries, value) if city else ()
        if city and fitting:
            weight = 2.0 if value.isdigit() and len(value) < LONG else 3.0
            return Part(city.end, weight, votes(fitting, 2.0), "locality", value)
    return None


def city_first(text: str, start: int, *, small: bool = False) -> Part | None:
    """A city, and the region and postcode that follow it."""
    city = places.city(text, start, small=small)
    if not city:
        return None
    at = after(text, city.end)
    if at > city.end:
        region = region_first(text, at, small=small)
        if region and region.kind == "locality":
            return region
        if region and {c for c, _ in region.countries} & set(city.countries):
            return region._replace(weight=1.5)
    for stop, value in places.postcodes(text, at):
        fitting = _fitting(city.countries, value)
        if fitting:
            weight = 2.0 if value.isdigit() and len(value) < LONG else 3.0
            return Part(stop, weight, votes(fitting, 2.0), "locality")
    return Part(city.end, 1.0, votes(city.countries, 1.0), "city")


def region_first(text: str, start: int, *, small: bool = False) -> Part | None:
    """A region, and the postcode that follows it."""
    region = places.region(text, start, small=small)
    if not region:
        return None
    at = after(text, region.end)
    for stop, value in places.postcodes(text, at):
        fitting = tuple(
            c for c in region.countries if places.is_regional(c, text[start : region.end], value)
        )
        if fitting:
            return Part(stop, 3.0, votes(fitting, 3.0), "locality")
    return Part(region.end, 1.0, votes(region.countries, 1.5), "region")


def _fitting(countries: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(c for c in countries if places.is_postcode(c, value))


def _country_line(text: str, start: int) -> Part | None:
    """A country that is a line of its own, or the end of the text."""
    found = _country(text, start)
    is_whole = found and not text[found.end : found.end + 1].strip(" \t\r,.")
    is_line = is_whole and text[:start].rstrip(" \t>|*")[-1:] == "\n"
    is_last = found and not text[found.end :].strip(" .\n")
    return found._replace(weight=1.5) if found and is_line else found if is_last else None


def _foreign(text: str, start: int) -> Part | None:
    """A country, unless it is called as a city of its own."""
    found, city = _country(text, start), places.city(text, start)
    if found and city and city.end >= found.end and found.countries[0][0] in city.countries:
        return None
    return found


def _country(text: str, start: int) -> Part | None:
    found = places.country(text, start)
    return Part(found.end, 1.0, votes(found.countries, 5.0), "country") if found else None


def bare_postcode(text: str, start: int) -> Part | None:
    """A postcode by itself."""
    for end, value in places.postcodes(text, start):
        if places.own(value):
            return Part(end, 2.0, votes(places.own(value), 2.5), "postcode")
        if value[:4].isdigit() and 3 < len(value) <= 10 and not text[end : end + 1].isalnum():
            rest = text[end:].lstrip(" \t")[:1]
            if not rest or rest in "\n,;":
                return Part(end, 1.0, (), "postcode", value)
    return None


def unknown(text: str, start: int) -> Part | None:
    """A postcode and a place that no list knows."""
    match = _patterns().unknown.match(text, start)
    if not match:
        return None
    return Part(match.end(), 1.0, (), "postcode", match["code"] or match["last"])
