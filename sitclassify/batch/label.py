"""The label of a value: the name of its column or key, which is evidence for the value below it.

It rides on the engine's rule of direct labels (contract, rule 9): a label is handed over as the `context` of a scan,
as the text `name:` that stands just before the value.
"""

from __future__ import annotations

from collections.abc import Sequence

_PROSE = frozenset(
    ("answer", "body", "completion", "content", "input", "instruction", "message", "output",
     "prompt", "query", "question", "request", "response", "text")
)  # fmt: skip
_EMPTY = frozenset(
    ("code", "id", "key", "name", "no", "nr", "num", "number", "value", "values", "#")
)  # says nothing without what it belongs to: {"passport": {"number": ...}}


def label(path: Sequence[str]) -> str | None:
    """The context that the keys above a value make, outermost first; None where they say nothing.

    >>> label(["customer", "ssn"]), label(["passport", "number"]), label(["text"]), label([])
    ('ssn:', 'passport number:', None, None)
    """
    if not path or not path[-1]:
        return None
    name = path[-1]
    if name.lower() in _PROSE:
        return None
    if name.lower() in _EMPTY and len(path) > 1 and path[-2].lower() not in _PROSE:
        return f"{path[-2]} {name}:"
    return f"{name}:"
