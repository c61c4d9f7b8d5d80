"""Protected material: long verbatim passages of known works, found by an index that its user builds.

Every run of `SHINGLE` words of a work is one number of the index (w-shingling, Broder 1997). A passage is
a row of such runs of one work in a text. Letters are compared as folded, punctuation is not.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitclassify.classifiers.external import ExternalClassifier
from sitclassify.classifiers.features import U64, packaged_vocabulary
from sitclassify.errors import ConfigurationError, ModelError

SHINGLE = 8  # words: shorter runs are common speech
LEAST_WORDS = 32  # of a passage; a quotation has fewer
_GAP = 1  # changed words that a passage bridges
_FORMAT = 1
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(31)


class Passage(NamedTuple):
    """A verbatim passage in a text: its work, its length in words, and its span."""

    work: str
    words: int
    start: int
    end: int


class ProtectedMaterial:
    """An index of works. Immutable; safe to share between threads.

    >>> line = " ".join(f"{word} and" for word in "ash oak elm fir yew bay box fig gum may nut tea".split())
    >>> index = ProtectedMaterial.build({"trees": f"{line} {line[::-1]}"})
    >>> [(p.work, p.words) for p in index.passages(f"He said: {line} {line[::-1]} Yes.")]
    [('trees', 48)]
    """

    def __init__(self, names: tuple[str, ...], shingles: U64, works: NDArray[np.int32]) -> None:
        self.names = names
        self._shingles = shingles  # sorted, each once
        self._works = works  # the first work that has it

    @classmethod
    def build(cls, works: Mapping[str, str]) -> ProtectedMaterial:
        """The index of texts by their names. Raises `ConfigurationError` for one that is too short."""
        parts, owners = [], []
        for number, (name, text) in enumerate(works.items()):
            shingles = _shingles(_words(text)[0])
            if len(shingles) < LEAST_WORDS - SHINGLE + 1:
                raise ConfigurationError(
                    f"work '{name}': has fewer than {LEAST_WORDS} words\n  leave it out"
                )
            parts.append(shingles)
            owners.append(np.full(len(shingles), number, np.int32))
        if not parts:
            raise ConfigurationError("no works: an index needs one at least")
        kept, first = np.unique(np.concatenate(parts), return_index=True)
        return cls(tuple(works), kept, np.concatenate(owners)[first])

    def save(self, path: str | Path) -> None:
        """Writes the index; the works cannot be read back from it."""
        np.savez_compressed(
            Path(path),
            format=np.array(_FORMAT),
            names=np.array(self.names),
            shingles=self._shingles,
            works=self._works,
        )

    @classmethod
    def load(cls, path: str | Path) -> ProtectedMaterial:
        """An index that `save` wrote. Raises `ModelError` for any other file."""
        try:
            with np.load(io.BytesIO(Path(path).read_bytes()), allow_pickle=False) as arrays:
                if int(arrays["format"]) != _FORMAT:
                    raise ModelError(f"{path}: is of another version\n  build the index again")
                names = tuple(arrays["names"].tolist())
                return cls(names, arrays["shingles"].astype(np.uint64), arrays["works"])
        except (KeyError, ValueError, TypeError, OSError, EOFError, zipfile.BadZipFile):
            raise ModelError(f"{path}: is no index of works\n  build it again") from None

    def passages(self, text: str) -> list[Passage]:
        """The passages of at least `LEAST_WORDS` words, in their order. Linear in the text."""
        hashes, spans = _words(text)
        shingles = _shingles(hashes)
        if not len(shingles):
            return []
        places = np.searchsorted(self._shingles, shingles)
        places[places == len(self._shingles)] = 0
        hits = (self._shingles[places] == shingles).nonzero()[0]
        if not len(hits):
            return []
        works = self._works[places[hits]]
        # a changed word spoils the SHINGLE runs that hold it
        is_new = (np.diff(hits) > SHINGLE + _GAP) | (np.diff(works) != 0)
        edges = np.concatenate(([0], is_new.nonzero()[0] + 1, [len(hits)]))
        found = []
        for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            first, last = int(hits[begin]), int(hits[end - 1]) + SHINGLE - 1
            if last - first + 1 >= LEAST_WORDS:
                name = self.names[int(works[begin])]
                found.append(Passage(name, last - first + 1, spans[first][0], spans[last][1]))
        return found

    def classifier(self, id: str = "protected-material", **options: Any) -> ExternalClassifier:
        """For `load(classifiers=...)`: the span of the longest passage; options of `ExternalClassifier`.

        The score is words / (words + 32), no probability: 75 words are medium, 288 are high.
        """
        return ExternalClassifier(id, self._judge, name="Protected material", **options)

    def _judge(self, text: str) -> tuple[float, int, int]:
        longest = max(self.passages(text), key=lambda passage: passage.words, default=None)
        if longest is None:
            return 0.0, 0, len(text)
        return longest.words / (longest.words + LEAST_WORDS), longest.start, longest.end


def _words(text: str) -> tuple[U64, list[tuple[int, int]]]:
    tokens = packaged_vocabulary().read(text)
    return tokens.hashes[tokens.words], tokens.spans[tokens.words].tolist()


def _shingles(words: U64) -> U64:
    count = len(words) - SHINGLE + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    found = np.zeros(count, np.uint64)
    for shift in range(SHINGLE):
        found = found * _STEP + words[shift : shift + count]
        found = (found ^ (found >> _SHIFT)) * _MIX
    return found
