"""The named entities that a catalogue asks for, found in a text without a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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


class Entity(NamedTuple):
    """A named entity; `sit` is the number of its SIT, `lead` the span of what introduces it."""

    sit: int
    start: int
    end: int
    confidence: int
    lead: tuple[int, int] | None


class Finder:
    """Finds the entities of the SITs in `ids`; false when there are none."""

    def __init__(self, ids: Sequence[str]) -> None:
        numbers = {id: number for number, id in enumerate(ids)}
        self._names = numbers.get(FULL_NAMES)
        self._other = numbers.get(_OTHER)
        asked = {country: numbers.get(name + _ADDRESSES) for country, name in COUNTRIES.items()}
        self._countries = {country: sit for country, sit in asked.items() if sit is not None}

    def __bool__(self) -> bool:
        return self._names is not None or bool(self._countries) or self._other is not None

    def find(self, text: str) -> Iterator[Entity]:
        """The entities in `text`; offsets are those of `text`."""
        if self._names is not None:
            from sitclassify.entities import names

            for name in names.find(text):
                yield Entity(self._names, *name)
        if self._countries or self._other is not None:
            from sitclassify.entities import addresses

            for start, end, confidence, country, lead in addresses.find(text):
                sit = self._countries.get(country) if country in COUNTRIES else self._other
                if sit is not None:
                    yield Entity(sit, start, end, confidence, lead)
