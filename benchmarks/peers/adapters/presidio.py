"""presidio-analyzer with spaCy's blank English pipeline: its patterns and context words, no named entities.

The blank pipeline has no lemmas, which the context words are compared with: a word stands for its own.
Of the thresholds from 0 to 1, 0.5 is the one with its best F1 on the public corpus (0.75; 0.52 at the 0.35 of
Presidio's own demonstration, 0.27 at its default, 0, which reports every guess).
"""

import logging

import spacy
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from spacy.language import Language

logging.disable(logging.CRITICAL)  # it looks for a list of domains on the network


_THRESHOLD = 0.5


@Language.component("own_lemmas")
def _own_lemmas(doc):
    for token in doc:
        token.lemma_ = token.lower_
    return doc


class _Blank(SpacyNlpEngine):
    def __init__(self):
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}
        self.nlp["en"].add_pipe("own_lemmas")

    def load(self):
        """Nothing to load."""


def _engine():
    return AnalyzerEngine(nlp_engine=_Blank(), supported_languages=["en"])


def load_batch():
    """texts -> the findings of each, by its engine of batches."""
    batch = BatchAnalyzerEngine(_engine())

    def scan(texts):
        return batch.analyze_iterator(texts, "en", score_threshold=_THRESHOLD)

    return scan


def load():
    """text -> (start, end, label)."""
    engine = _engine()

    def detect(text):
        found = engine.analyze(text, "en", score_threshold=_THRESHOLD)
        return [(r.start, r.end, r.entity_type) for r in found]

    return detect
