"""Postal addresses in a text: a street, and what follows it - unit, city, region, postcode, country.

Each part has a weight; what they add up to is the confidence. Parts follow each other with a comma or a line's end
between them, or nothing; a part that no list knows (a quarter, a building) is passed over if known ones follow.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sitclassify.entities import blocks, localities, places, streets
from sitclassify.entities.localities import Part

SURE, LIKELY, POSSIBLE = 85, 75, 65  # confidences
_SURE, _LIKELY, _POSSIBLE = 4.0, 3.0, 2.0  # weights that they need
_PARTS, _PASSED = 9, 2  # parts of an address; those that are passed over
_AROUND = 30  # characters before an address in which its introduction stands
_LINE = 1.0  # weight of a number and a name, or a name and a number, which are a line of their own
_LABELLED = 3.0  # weight of a line of that kind after the label of a street
_LETTERS = 3  # tenths of a vote for the countries whose letters an address has
_CONFIRMED = 0.5  # of a postcode that has the form of its country's
_POSTAL = r"(?<![\p{L}\p{N}_.,/#$€£+=:-])(?:[A-Z]{1,2}-)?(?=[A-Z]{0,2}[0-9])(?:[A-Z0-9]{3,8}|[0-9]{2}-[0-9]{3}\b)"
_BEFORE = r"(?P<name>(?:\p{Lu}[\p{L}\p{M}'’.-]*[ ]){0,3}\p{Lu}[\p{L}\p{M}'’.-]*)[, -]{1,3}$"
_REGION = r"(?P<region>[A-Z]{2,3}|[a-z]{2}|\p{Lu}\p{Ll}+(?:[ ]\p{Lu}\p{Ll}+)?)[., ]{1,2}$"
_STRONG = r"[ \t]*(?:\.?,|[;|·•]|\n|$|[-–][ ])"
_PASS = r"(?:[\p{Lu}\p{Lo}]|[0-9]|['’(])[^\n,;|.!?:]{1,40}(?=[ \t]*(?:[,;|\n]|$))"
_NUMBERED = (
    r"(?m)(?:^|(?<=[,;|]))[ \t>*]*(?P<line>(?:\p{Lu}[\p{L}\p{M}'’.-]*[ ]){1,4}[0-9]{1,4}[A-Za-z]?|"
    r"[0-9]{1,5},?(?:[ ]\p{L}[\p{L}\p{M}'’.-]*){1,4}?)[ \t]*(?=[,\n]|[ ]\p{Lu})"
)
_LEAD = (
    r"(?i)(?:address(?:es)?(?: is| are|:)?|"
    r"(?:live|lives|lived|living|located|reside|resides|based|office is|shop is) (?:at|on|in)|"
    r"(?:ship|deliver|send|mail|move|moved) (?:it )?to|adresse ?:?|dirección ?:?|indirizzo ?:?|endereço ?:?|"
    r"adres ?:?|anschrift ?:?|wohnhaft in|domicilié au|vivo en)[ \t]*[:=]?[ \t\n]*[\"']?$"
)
_LABEL = (
    r"(?i)\b(?:street(?:[ _]?address)?|address(?:[ _]?(?:line)?[ _]?1)?|adresse|anschrift|straße|dirección|"
    r"domicilio|indirizzo|endereço|morada|adres|adress|osoite|adresa|cím|adresas|adrese)[\"']?[ \t]*[:=][ \t]*[\"']?"
)
_LABELLED_LINE = (
    r"(?:[0-9]{1,5}[A-Za-z]?,?[ ]\p{L}[^\n\"<>{}:;,]{2,40}|"
    r"\p{L}[^\n\"<>{}:;,0-9]{2,40}[ ][0-9]{1,5}[A-Za-z]?\b)"
)
_ASIAN = {  # country -> form of an address that is written without spaces, or mostly so
    "JP": (
        r"(?:〒? ?[0-9]{3}-[0-9]{4}[ 　\n]*)?(?:東京都|北海道|京都府|大阪府|[一-龥]{2,3}県)"
        r"[一-龥ぁ-んァ-ヶー]{1,8}?[市区町村郡][一-龥ぁ-んァ-ヶー0-9０-９丁目番地号の－-]{2,24}"
    ),
    "TW": (
        r"(?:[0-9]{3,6}[ ]?)?(?:[臺台][北中南]|新北|桃園|高雄|[一-龥]{2})[市縣][一-龥]{1,3}[區鄉鎮市]"
        r"[一-龥]{1,8}[路街道巷](?:[一二三四五六七八九十]段)?[0-9]{1,4}(?:巷[0-9]+弄?)?[0-9-]*號"
    ),
    "CN": (
        r"(?:[一-龥]{2,8}[省]|[一-龥]{2,5}自治区)?[一-龥]{2,6}市[一-龥]{1,6}[区县市]"
        r"[一-龥0-9]{1,14}[路街道巷弄][一-龥]{0,3}[0-9]{1,5}号"
    ),
    "KR": (
        r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청?[북남]|전라?[북남]|경상?[북남]|제주)[가-힣]{0,6} ?"
        r"(?:[가-힣]{1,5}[시군구] ?){1,2}(?:[가-힣0-9]{1,8}[읍면동리로길가] ?){1,3}[0-9]{1,5}(?:-[0-9]+)?"
    ),
}


class Address(NamedTuple):
    """A postal address; `country` is a code of ISO 3166 or empty, `lead` the span of what introduces it."""

    start: int
    end: int
    confidence: int
    country: str
    lead: tuple[int, int] | None


class _Patterns(NamedTuple):
    postal: Any
    before: Any
    region: Any
    strong: Any
    passed: Any
    numbered: Any
    lead: Any
    label: Any
    labelled: Any


@functools.cache
def _patterns() -> _Patterns:
    import regex

    asked = (_POSTAL, _BEFORE, _REGION, _STRONG, _PASS, _NUMBERED, _LEAD, _LABEL, _LABELLED_LINE)
    return _Patterns(*map(regex.compile, asked))


@functools.cache
def _asian() -> tuple[tuple[str, Any], ...]:
    import regex

    return tuple((country, regex.compile(form)) for country, form in _ASIAN.items())


def find(text: str) -> Iterator[Address]:
    """The addresses in `text`, from left to right, without overlap."""
    found = sorted(_all(text), key=lambda a: (-a.confidence, a.start - a.end, a.start))
    kept: list[Address] = []
    for address in found:
        if all(address.end <= k.start or k.end <= address.start for k in kept):
            kept.append(address)
    yield from sorted(kept)


def country_of(text: str, start: int, end: int) -> str:
    """The code of the country that the parts of an address speak for; empty where none does."""
    parts = []
    at = start
    while at < end:
        part = localities.part(text, at)
        if part:
            parts.append(part)
        at = part.end if part else text.find(" ", at, end) + 1 or end
        at = localities.after(text, at)
    for street in streets.find(text[start:end]):
        parts.append(Part(street.end, street.weight, localities.votes(street.countries, 0.5)))
    return _country(parts, text[start:end])


def _all(text: str) -> Iterator[Address]:
    for start, first in _seeds(text):
        address = _grown(text, start, first)
        if address:
            yield address
    for block in blocks.find(text):
        yield Address(block.start, block.end, LIKELY, block.country, None)
    if not text.isascii():
        for country, form in _asian():
            for match in form.finditer(text):
                yield Address(match.start(), match.end(), SURE, country, None)


def _seeds(text: str) -> Iterator[tuple[int, Part]]:
    """What an address may begin with."""
    for street in streets.find(text):
        votes = localities.votes(street.countries, 0.5)
        yield street.start, Part(street.end, street.weight, votes, "street")
    if not any(map(text.__contains__, "0123456789")):
        return
    yield from localities.boxes(text)
    for match in _patterns().numbered.finditer(text):
        unknown = localities.unknown(text, match.start("line"))
        if unknown:
            yield match.start("line"), unknown
        yield match.start("line"), Part(match.end("line"), _LINE, (), "line")
    for match in _patterns().label.finditer(text):
        line = _patterns().labelled.match(text, match.end())
        if line:
            yield line.start(), Part(line.end(), _LABELLED, (), "street")
    for match in _patterns().postal.finditer(text):
        yield from _around_postcode(text, match.start())


def _around_postcode(text: str, at: int) -> Iterator[tuple[int, Part]]:
    """A postcode and its city, in one order or the other, or a region and its postcode."""
    part = localities.post_first(text, at)
    if part and (len(part.postcode) > 3 and not places.is_like_year(part.postcode)):
        yield at, part
    if text[at - 1 : at] in ("", "\n"):
        bare = localities.bare_postcode(text, at)
        if bare:
            yield at, bare
    low = max(0, at - _AROUND)
    region = _patterns().region.search(text, low, at)
    if region:
        begin = region.start("region")
        part = localities.region_first(text, begin, small=text[begin].islower())
        if part and part.kind == "locality":
            name = _patterns().before.search(text, low, begin)
            yield name.start("name") if name else begin, part
            return
    name = _patterns().before.search(text, low, at)
    if name:
        start = name.start("name")
        while start < at:
            part = localities.city_first(text, start)
            if part and part.kind == "locality" and part.end > at:
                yield start, part
                return
            start = text.find(" ", start, at) + 1 or at


def _grown(text: str, start: int, first: Part) -> Address | None:
    """The address that begins with a part, with all that follows."""
    parts, end = _followed(text, first, text[start : first.end].islower())
    found = _patterns().lead.search(text, max(0, start - _AROUND), start)
    lead = found.span() if found else None
    country = _country(parts, text[start:end])
    weight = sum(part.weight for part in parts) + (1.0 if lead else 0.0)
    codes = [part.postcode for part in parts if part.postcode and part.kind == "postcode"]
    weight += _CONFIRMED if any(places.is_postcode(country, code) for code in codes) else 0.0
    confidence = _confidence(weight, {part.kind for part in parts})
    return Address(start, end, confidence, country, lead) if confidence else None


def _confidence(weight: float, kinds: set[str]) -> int | None:
    if weight < _POSSIBLE or kinds <= {"line", "unit"}:
        return None
    if kinds <= {"line", "unit", "postcode", "city", "country"} and weight <= _LIKELY:
        return POSSIBLE
    is_street = bool(kinds & {"street", "box"})
    return SURE if weight >= _SURE and is_street else LIKELY if weight >= _LIKELY else POSSIBLE


def _followed(text: str, first: Part, small: bool) -> tuple[list[Part], int]:
    """The parts that follow one another from a first one on, and where the last one ends."""
    parts, end, at, passed = [first], first.end, first.end, 0
    while len(parts) < _PARTS:
        begin = localities.after(text, at)
        part = localities.part(text, begin, small=small)
        if part:
            parts.append(part)
            end = at = part.end
            continue
        skipped = _patterns().passed.match(text, begin)
        if not skipped or passed == _PASSED or not _patterns().strong.match(text, at):
            break
        passed, at = passed + 1, skipped.end()
    return parts, end


def _country(parts: Sequence[Part], address: str) -> str:
    votes: Counter[str] = Counter(dict.fromkeys(streets.by_letters(address), _LETTERS))
    for part in parts:
        for country, vote in part.countries:
            votes[country] += int(10 * vote)
    return votes.most_common(1)[0][0] if votes else ""
