"""The named entities that a catalogue asks for: what the lists find, and a pipeline that reads context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from sitclassify.entities.tokens import ADDRESS, PERSON, Span

FULL_NAMES = "all-full-names"  # the SIT that person names are findings of
_ADDRESSES = "-physical-addresses"  # what the id of a SIT of addresses ends with
_OTHER = f"other{_ADDRESSES}"  # addresses of countries that have none of their own
# Country of ISO 3166 -> what the id of the SIT of its addresses begins with.
COUNTRIES = {
    "AU": "australia", "AT": "austria", "BE": "belgium", "BR": "brazil", "BG": "bulgaria", "CA": "canada",
    "CN": "china", "HR": "croatia", "CY": "cyprus", "CZ": "czech-republic", "DK": "denmark", "EE": "estonia",
    "FI": "finland", "FR": "france", "DE": "germany", "GR": "greece", "GL": "greenland", "HU": "hungary",
    "IS": "iceland", "IE": "ireland", "IT": "italy", "JP": "japan", "KR": "korea", "LV": "latvia",
    "LI": "liechtenstein", "LT": "lithuania", "LU": "luxemburg", "MT": "malta", "NL": "netherlands",
    "NZ": "new-zealand", "NO": "norway", "PL": "poland", "PT": "portugal", "RO": "romania", "RU": "russia",
    "SG": "singapore", "SK": "slovakia", "SI": "slovenia", "ZA": "south-africa", "ES": "spain", "SE": "sweden",
    "CH": "switzerland", "TW": "taiwan", "TR": "turkey", "GB": "uk", "UA": "ukraine", "US": "us",
}  # fmt: skip


LISTS, CONTEXT = "layer:lists", "layer:spacy"  # tags: which layer spoke
_BY_LISTS, _BY_CONTEXT, _BY_BOTH = (
    frozenset((LISTS,)),
    frozenset((CONTEXT,)),
    frozenset((LISTS, CONTEXT)),
)
_STEP, _MOST = (
    10,
    95,
)  # confidence that one layer adds to the other's, or takes from it; the highest


class Entity(NamedTuple):
    """A named entity; `sit` is the number of its SIT, `lead` the span of what introduces it."""

    sit: int
    start: int
    end: int
    confidence: int
    lead: tuple[int, int] | None
    layers: frozenset[str]


class Reader(Protocol):
    """A pipeline that reads context; `is_judge`: what it did not confirm is doubted."""

    name: str
    version: str
    is_judge: bool

    def read(self, texts: Sequence[str], listed: Sequence[Sequence[Span]]) -> list[list[Span]]:
        """The entities of each text; `listed` is what the lists found in it."""


def listed(text: str) -> list[Span]:
    """The names and addresses that dictionaries and forms find in `text`."""
    return [*_names(text), *_addresses(text)]


def _names(text: str) -> Iterator[Span]:
    from sitclassify.entities import names

    return (Span(PERSON, *name) for name in names.find(text))


def _addresses(text: str) -> Iterator[Span]:
    from sitclassify.entities import addresses

    for start, end, confidence, country, lead in addresses.find(text):
        yield Span(ADDRESS, start, end, confidence, lead, country)


class Finder:
    """Finds the entities of the SITs in `ids`; false when there are none."""

    def __init__(self, ids: Sequence[str], reader: Reader | None = None) -> None:
        numbers = {id: number for number, id in enumerate(ids)}
        self._reader = reader
        self._names = numbers.get(FULL_NAMES)
        self._other = numbers.get(_OTHER)
        asked = {country: numbers.get(name + _ADDRESSES) for country, name in COUNTRIES.items()}
        self._countries = {country: sit for country, sit in asked.items() if sit is not None}
        self._is_placed = bool(self._countries) or self._other is not None

    def __bool__(self) -> bool:
        return self._names is not None or self._is_placed

    @property
    def reads_together(self) -> bool:
        """Whether several texts are dealt with faster than one by one."""
        return self._reader is not None

    def find(self, texts: Sequence[str]) -> list[list[Entity]]:
        """The entities in each text; offsets are those of the text."""
        if self._reader is None:
            return [
                list(self._entities((span, _BY_LISTS) for span in self._asked(t))) for t in texts
            ]
        found = [listed(text) for text in texts]
        read = self._reader.read(texts, found)
        is_judge = self._reader.is_judge
        merged = (_merged(*each, is_judge) for each in zip(texts, found, read, strict=True))
        return [list(self._entities(spans)) for spans in merged]

    def _asked(self, text: str) -> Iterator[Span]:
        if self._names is not None:
            yield from _names(text)
        if self._is_placed:
            yield from _addresses(text)

    def _entities(self, spans: Iterable[tuple[Span, frozenset[str]]]) -> Iterator[Entity]:
        for (label, start, end, confidence, lead, country), layers in spans:
            sit = self._names
            if label == ADDRESS:
                sit = self._countries.get(country) if country in COUNTRIES else self._other
            if sit is not None:
                yield Entity(sit, start, end, confidence, lead, layers)


def _merged(
    text: str, found: Sequence[Span], read: Sequence[Span], is_judge: bool
) -> Iterator[tuple[Span, frozenset[str]]]:
    """What both layers say of a text, with who says so: together they are surer than each alone."""
    left = list(read)
    for span in found:
        same = [
            r for r in left if r.label == span.label and r.start < span.end and span.start < r.end
        ]
        left = [r for r in left if r not in same]
        if not same:
            lost = 0 if not is_judge or span.label != PERSON else _STEP if span.lead else 2 * _STEP
            yield span._replace(confidence=max(1, span.confidence - lost)), _BY_LISTS
            continue
        surest = max(span.confidence, *(r.confidence for r in same))
        start, end = min(span.start, same[0].start), max(span.end, same[-1].end)
        confidence = min(_MOST, surest + _STEP)
        yield span._replace(start=start, end=end, confidence=confidence), _BY_BOTH
    for span in left:
        if span.label == ADDRESS:
            from sitclassify.entities import addresses

            span = span._replace(country=addresses.country_of(text, span.start, span.end))
        yield span, _BY_CONTEXT
