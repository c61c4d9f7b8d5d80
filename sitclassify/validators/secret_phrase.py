"""Whether words under a label for secrets can be a pass phrase, and are no message of a form.

>>> is_valid("correct horse battery staple"), is_valid("green lamp seven rivers")
(True, True)
>>> is_valid("enter your new password"), is_valid("must not be empty"), is_valid("the one you chose")
(False, False, False)
"""

from __future__ import annotations

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_MESSAGE = frozenset(
    """
    a an the is are was be been has have had this that these it its you your yours my our we they their
    he she his her i me to for from of on at by or if in as not no cannot can could must should shall
    will would may do does did please enter type choose set use used get give new old current confirm
    again repeat wrong invalid incorrect required missing needed needs empty blank short long least most
    characters letters digits numbers match matches mismatch strong weak forgot forgotten reset change
    changed update updated expired expires failed success error here there password passwords passphrase
    secret secrets key keys token tokens api user username email login sign account admin default
    optional string text name field database server provide provided specify specified
    """.split()  # noqa: SIM905 - a list of 130 lines would be no easier to read
)


def is_valid(value: str) -> bool:
    """Whether no word of `value` belongs to messages, labels and prompts."""
    return _MESSAGE.isdisjoint(value.split())
