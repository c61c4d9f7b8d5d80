"""What every word tells a model that reads context: its lists, its neighbours, what the lists say of its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sitclassify.entities.lexicon import kind

PERSON, ADDRESS, LOCATION, ORGANIZATION = "PERSON", "ADDRESS", "LOCATION", "ORGANIZATION"
LABELS = (PERSON, ADDRESS, LOCATION, ORGANIZATION)
TAGS = (
    "O",
    *(f"{place}-{label}" for label in LABELS for place in "BI"),
)  # outside; begins; goes on
_OF_ADDRESS, _OF_LEAD = 512, 128  # beside a confidence and whether a word begins
_COARSE = 63  # lower bits of a cluster: those of its neighbourhood


class Span(NamedTuple):
    """A named entity in a text; `lead` is the span of what introduces it, `country` that of an address."""

    label: str
    start: int
    end: int
    confidence: int
    lead: tuple[int, int] | None = None
    country: str = ""


def read_clusters(path: Path) -> dict[str, int]:
    """Words by their cluster: those that stand between the same neighbours have one number."""
    clusters: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        number, *words = line.split()
        clusters |= dict.fromkeys(words, int(number))
    return clusters


def describe(doc: Any, listed: Iterable[Span], clusters: Mapping[str, int]) -> Any:
    """Write it into fields of a spaCy `Doc` that nothing else of the pipeline fills; `listed` as the lists found it."""
    said = [0] * (len(doc.text) + 1)
    for span in listed:
        code = span.confidence + (_OF_LEAD if span.lead else 0)
        code += _OF_ADDRESS if span.label == ADDRESS else 0
        for i in range(span.start, span.end):
            said[i] = said[i] or 2 * code
        if not said[span.start] & 1:
            said[span.start] += 1
    for token in doc:
        word, small = token.text, token.lower_
        cluster = clusters.get(word) or clusters.get(small, 0)
        token.lemma = kind(small) + 1
        token.tag = said[token.idx] + 1
        token.dep = cluster + 1
        token.ent_kb_id = (cluster & _COARSE) + 1
    return doc
