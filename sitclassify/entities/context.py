"""The layer that reads context: a spaCy pipeline, the packaged one or any that is installed. Imports spaCy."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sitclassify import resources
from sitclassify.entities import parts
from sitclassify.entities.spoken import Spoken, confidence_of, spans_of
from sitclassify.entities.tokens import ADDRESS, PERSON, Span, describe, read_clusters
from sitclassify.errors import ConfigurationError, ModelError

NAMED = 75  # confidence of what a pipeline of others finds, which gives no chances
_FOREIGN = {
    "PER": PERSON,
    "PERSON": PERSON,
    "ADDRESS": ADDRESS,
    "STREET_ADDRESS": ADDRESS,
}  # labels of others
_NEEDLESS = (
    "parser",
    "tagger",
    "morphologizer",
    "lemmatizer",
    "trainable_lemmatizer",
    "attribute_ruler",
    "senter",
)
_RULERS = ("entity_ruler", "span_ruler")  # may ask for what the needless ones write
_TOGETHER = 64  # parts that an installed pipeline reads at once
_WORDS = 200_000  # that the vocabulary keeps: spaCy's grows with every new one


class Packaged:
    """The model that comes with the package. Safe to share between threads: it reads for one at a time."""

    is_judge = True  # what the lists found and this did not is doubted
    name = "entities"

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or resources.folder("models") / "entities"
        self.version = _checked(folder)
        self._folder = folder
        self._clusters = read_clusters(folder / "clusters.txt")
        self._lock = _Lock()
        self._renew()

    def _renew(self) -> None:
        import spacy

        self._nlp = spacy.load(self._folder)
        self._tagger: Any = self._nlp.get_pipe("tagger")

    def read(self, texts: Sequence[str], listed: Sequence[Sequence[Span]]) -> list[list[Span]]:
        """The entities of each text; `listed` is what the lists found in it."""
        found: list[list[Span]] = [[] for _ in texts]
        for some in parts.batches(parts.around_names(texts, listed)):
            for (number, base, text), spans in zip(some, self._spoken(some, listed), strict=True):
                for spoken in spans:
                    confidence = confidence_of(spoken, text)
                    if confidence:
                        span = spoken.start + base, spoken.end + base
                        found[number].append(Span(spoken.label, *span, confidence))
        return found

    def _spoken(
        self, some: Sequence[parts.Part], listed: Sequence[Sequence[Span]]
    ) -> list[list[Spoken]]:
        with self._lock:
            if len(self._nlp.vocab) > _WORDS:  # a memory zone would forget them after every text
                self._renew()
            docs = [
                describe(
                    self._nlp.make_doc(text),
                    parts.within(listed[i], base, len(text)),
                    self._clusters,
                )
                for i, base, text in some
            ]
            scores = self._tagger.model.predict(docs)
            return [list(spans_of(doc, rows)) for doc, rows in zip(docs, scores, strict=True)]


class Installed:
    """A pipeline that the user names: a package, or a folder."""

    is_judge = False
    version = ""

    def __init__(self, name: str) -> None:
        import spacy

        try:
            self._nlp = spacy.load(name)
        except OSError:
            raise ConfigurationError(_unknown(name)) from None
        pipes = set(self._nlp.pipe_names)
        if not pipes.intersection(_RULERS):
            self._nlp.disable_pipes(*(pipe for pipe in _NEEDLESS if pipe in pipes))
        self.name = name
        self.version = str(self._nlp.meta.get("version", ""))
        self._lock = _Lock()

    def read(self, texts: Sequence[str], listed: Sequence[Sequence[Span]]) -> list[list[Span]]:
        """The entities of each text."""
        found: list[list[Span]] = [[] for _ in texts]
        every = parts.whole(texts)
        with self._lock, self._nlp.memory_zone():
            docs = self._nlp.pipe((text for _, _, text in every), batch_size=_TOGETHER)
            for (number, base, _), doc in zip(every, docs, strict=True):
                for entity in doc.ents:
                    label = _FOREIGN.get(entity.label_)
                    if label:
                        span = entity.start_char + base, entity.end_char + base
                        found[number].append(Span(label, *span, NAMED))
        return found


class _Lock:
    """A lock that a forked process has anew: spaCy's vocabulary is written by who reads."""

    def __init__(self) -> None:
        self._renew()
        os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self._inner = threading.Lock()

    def __enter__(self) -> None:
        self._inner.acquire()

    def __exit__(self, *_: object) -> None:
        self._inner.release()


def load(asked: bool | str) -> Packaged | Installed:
    """The packaged model for True, the installed pipeline for a name.

    Raises `ModelError` where the packaged one is broken, `ConfigurationError` for an unknown name.
    """
    return Installed(asked) if isinstance(asked, str) else Packaged()


def _checked(folder: Path) -> str:
    """The version of a model whose files are what its `about.json` says."""
    try:
        about = json.loads((folder / "about.json").read_text("utf-8"))
        for name, digest in about["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise ModelError(f"{folder / name}: changed since training: reinstall sitclassify")
        return str(about["version"])
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{folder}: no model: {error}: reinstall sitclassify") from None


def _unknown(name: str) -> str:
    from spacy.util import get_installed_models

    known = sorted(get_installed_models())
    hint = f"installed are {', '.join(known)}" if known else "none is installed"
    return (
        f"entities='{name}': no such spaCy pipeline: {hint}; install it with `python -m spacy download {name}`, "
        "name a folder of one, or pass entities=True for the packaged one"
    )
