"""Trains the model of `models/entities`.

    pip install 'sitclassify[retrain]'
    python -m benchmarks.entities.train DATA models/entities [--develop FOLDER]

DATA holds `pii_spans/*.jsonl.gz` and `benign/*.jsonl.gz`; held-back rows are never read. A fifth of the others is left
out until the last rounds. With `--develop` figures of names on it are told after each round, and the model before the
last rounds goes into FOLDER: thresholds were chosen with it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from pathlib import Path
from typing import Any

from benchmarks.entities.corpus import LABELLED, PLAIN, Row, corpus, is_for_development, labelled
from benchmarks.quality.rows import Data
from sitclassify.entities.finder import listed
from sitclassify.entities.spoken import spans_of
from sitclassify.entities.tokens import PERSON, TAGS, describe, read_clusters

SEED, ROUNDS, MADE, TOGETHER, DROPPED = 20261128, 8, 9_000, 48, 0.3
WHOLE = 2  # of the rounds, the last ones, which also read the rows that thresholds are chosen on
_WIDTH, _DEPTH = 64, 4
_ROWS = {  # of the tables, by what is looked up in each
    "NORM": 5000, "SUFFIX": 2500, "SHAPE": 1000, "LEMMA": 300, "TAG": 100, "DEP": 1200, "ENT_KB_ID": 100,
}  # fmt: skip
_MEASURED = ("presidio_synth_v2", "presidio_generated_large", "wnut17", "wikigold")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--develop", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--made", type=int, default=MADE)
    asked = parser.parse_args()
    import thinc.util

    thinc.util.fix_random_seed(SEED)
    clusters = read_clusters(asked.folder / "clusters.txt")
    nlp = _pipeline()
    train = _Training(nlp)
    for is_whole, rounds in ((False, asked.rounds - WHOLE), (True, WHOLE)):
        rows = corpus(asked.data, asked.made, SEED, whole=is_whole)
        examples = [_example(nlp, row, clusters) for row in rows]
        print(len(rows), "texts,", sum(len(e.x) for e in examples), "tokens", flush=True)
        told = _Development(nlp, asked.data, clusters) if asked.develop and not is_whole else None
        train.go(examples, rounds, told)
        folder = asked.folder if is_whole else asked.develop
        if folder:
            train.save(folder)
            (folder / "clusters.txt").write_bytes((asked.folder / "clusters.txt").read_bytes())
            _describe(folder)


def _pipeline() -> Any:
    import spacy

    nlp = spacy.blank("xx")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": _WIDTH, "attrs": list(_ROWS),
        "rows": list(_ROWS.values()), "include_static_vectors": False,
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": _WIDTH, "depth": _DEPTH, "window_size": 1,
        "maxout_pieces": 2,
    }  # fmt: skip
    tok2vec = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    model = {
        "@architectures": "spacy.Tagger.v2",
        "nO": None,
        "normalize": False,
        "tok2vec": tok2vec,
    }
    tagger: Any = nlp.add_pipe("tagger", config={"model": model})
    for tag in TAGS:
        tagger.add_label(tag)
    return nlp


def _example(nlp: Any, row: Row, clusters: dict[str, int]) -> Any:
    from spacy.tokens import Doc
    from spacy.training import Example

    doc = describe(nlp.make_doc(row.text), listed(row.text), clusters)
    tags = ["O"] * len(doc)
    for start, end in row.unsure:
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            tags[token.i] = ""
    for start, end, label in row.spans:
        for i, token in enumerate(doc.char_span(start, end, alignment_mode="expand") or ()):
            tags[token.i] = f"{'I' if i else 'B'}-{label}"
    spaces = [bool(token.whitespace_) for token in doc]
    return Example(doc, Doc(nlp.vocab, [t.text for t in doc], spaces, tags=tags))


class _Training:
    """Rounds of one training; what is kept is the average of all its steps."""

    def __init__(self, nlp: Any) -> None:
        from thinc.api import Adam

        self._nlp, self._optimizer = nlp, Adam(0.001, use_averages=True)
        self._rng, self._began = random.Random(SEED), time.monotonic()
        self._is_begun = False

    def go(self, examples: list[Any], rounds: int, told: _Development | None) -> None:
        """So many rounds over the examples."""
        if not self._is_begun:
            self._nlp.initialize(lambda: examples[:500])
            self._is_begun = True
        for number in range(rounds):
            self._rng.shuffle(examples)
            losses: dict[str, float] = {}
            for low in range(0, len(examples), TOGETHER):
                batch = examples[low : low + TOGETHER]
                self._nlp.update(batch, sgd=self._optimizer, drop=DROPPED, losses=losses)
            print(
                number,
                round(losses["tagger"]),
                f"{time.monotonic() - self._began:.0f} s",
                flush=True,
            )
            if told is not None:
                with self._nlp.use_params(self._optimizer.averages):
                    told.tell()

    def save(self, folder: Path) -> None:
        """Write the pipeline as it is now."""
        with self._nlp.use_params(self._optimizer.averages):
            self._nlp.to_disk(folder, exclude=["vocab"])


class _Development:
    """Figures of names on the rows that choose thresholds."""

    def __init__(self, nlp: Any, folder: Path, clusters: dict[str, int]) -> None:
        data = Data(folder, tune=True)
        self._tagger = nlp.get_pipe("tagger")
        self._sets = {}
        for name in _MEASURED:
            rows = [row for row, _ in labelled(data, name) if is_for_development(row)]
            docs = [describe(nlp.make_doc(r["text"]), listed(r["text"]), clusters) for r in rows]
            self._sets[name] = rows, docs

    def tell(self) -> None:
        """Precision, recall and F1 of each set."""
        for name, (rows, docs) in self._sets.items():
            found = missed = false = 0
            for row, doc, scores in zip(rows, docs, self._tagger.model.predict(docs), strict=True):
                right = [(s["start"], s["end"]) for s in row["spans"] if s["label"] == PERSON]
                spans = [(a, b) for label, a, b, _ in spans_of(doc, scores) if label == PERSON]
                hits = sum(any(a < end and start < b for a, b in spans) for start, end in right)
                found, missed = found + hits, missed + len(right) - hits
                false += sum(not any(a < e and s < b for s, e in right) for a, b in spans)
            precision, recall = found / max(1, found + false), found / max(1, found + missed)
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"  {name:26} {precision:.3f} {recall:.3f} {f1:.3f}", flush=True)


def _describe(folder: Path) -> None:
    """Write the digests of the files, and what they were made from."""
    files = ("clusters.txt", "config.cfg", "meta.json", "tokenizer", "tagger/model", "tagger/cfg")
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    sources = LABELLED | {name: licence for (_, name), licence in PLAIN.items()}
    about = {"id": "entities", "version": "1", "sources": sources, "files": digests}
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
