"""Words of evidence that ordinary texts are full of, in any of the languages of the benign sets.

A word that stands in one text of ten is no evidence: it belongs under `everyday`, or nowhere. Not counted are
words that speak for a value beside another word only (the states of driver's licences), and those under `everyday`
outside of a label.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.quality.benign import languages
from benchmarks.quality.rows import Data
from benchmarks.quality.share import goal_table, share
from sitclassify.compiler import CompiledRules
from sitclassify.hits import Piece, read_words
from sitclassify.scanner import Scanner
from sitclassify.text import SourceText

_LIMIT = 0.01  # of the texts of one language: the most that may hold one and the same word
_TOO_MANY = 0.0  # share of the words that may be over it
_SHOWN = 60  # rows of the table on the screen; the record has all
_LEAST = 3  # texts: a word in fewer is not told


def run(data: Data, scanner: Scanner, progress: Console) -> dict[str, Any]:
    """Of each word of evidence in the texts: how many of them, by language, and the SITs whose evidence it is."""
    rules = scanner._detector.rules
    texts: Counter[str] = Counter()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    sits: dict[str, set[str]] = defaultdict(set)
    for language, name in languages(data):
        progress.print(f"{language} ...")
        for row in data.rows("benign", name):
            texts[language] += 1
            for word, owners in _words(rules, row["text"]).items():
                seen[word][language] += 1
                sits[word] |= owners
    told: list[dict[str, Any]] = [
        {"word": word, "texts": sum(counts.values()), "languages": dict(counts.most_common()),
         "most": _highest(counts, texts), "sits": sorted(sits[word])}
        for word, counts in seen.items()
    ]  # fmt: skip
    told.sort(key=lambda row: (-row["most"], row["word"]))
    over = share(row["most"] > _LIMIT and row["texts"] >= _LEAST for row in told)
    is_met = over["share"] <= _TOO_MANY
    goal = {"goal": f"words in more than {_LIMIT:.0%} of a language's texts", "limit": _TOO_MANY}
    return {
        "goals": [goal | {"met": is_met, **over}],
        "words": [row for row in told if row["texts"] >= _LEAST],
    }


def _words(rules: CompiledRules, text: str) -> dict[str, set[str]]:
    """The words of evidence in a text, caseless, and the SITs for which each may be enough."""
    source = SourceText.of(text, rules.find_folds)
    hits = read_words(rules, source.text, Piece(source.data, 0, source.is_ascii))
    found: dict[str, set[str]] = defaultdict(set)
    for word, spans in hits.by_word.items():
        owners = _owners(rules, word)
        for start, end in spans if owners else ():
            found[" ".join(source.text[start:end].lower().split())] |= owners
    return found


def _owners(rules: CompiledRules, word: int) -> set[str]:
    bits = rules.tables.elements_of_word[word]
    return {
        rules.ids[number]
        for number, sit in enumerate(rules.tables.sits)
        if sit.bits & bits and sit.can_hold(bits)
    }


def _highest(counts: Counter[str], texts: Counter[str]) -> float:
    """The highest share of one language's texts."""
    return round(max(count / texts[language] for language, count in counts.items()), 5)


def tables(figures: dict[str, Any]) -> list[Table]:
    """For the terminal: the words of most texts."""
    table = Table(title="Words of evidence in ordinary texts", title_justify="left")
    for name in ("word", "texts", "most of a language", "languages", "SITs"):
        table.add_column(name)
    for row in figures["words"][:_SHOWN]:
        languages = ", ".join(f"{name} {count}" for name, count in row["languages"].items())
        owners = row["sits"]
        shown = ", ".join(owners[:3]) + (f" and {len(owners) - 3} more" if len(owners) > 3 else "")
        table.add_row(row["word"], str(row["texts"]), f"{row['most']:.2%}", languages, shown)
    return [goal_table(figures["goals"]), table]
