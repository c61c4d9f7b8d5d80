"""betterleaks with its own rules; the place of the value is looked for in the text."""

import betterleaks


def load():
    """text -> (start, end, label)."""

    def detect(text):
        spans = []
        for found in betterleaks.scan_string(text):
            start = text.find(found.match.value)
            if start >= 0:
                spans.append((start, start + len(found.match.value), found.rule_id))
        return spans

    return detect
