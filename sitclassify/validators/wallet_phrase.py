"""Whether words can be the recovery phrase of a wallet: as many as the standard has, and none of a sentence.

Source: https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki

>>> is_valid("ripple garlic velvet orbit canyon mimic tunnel fabric ozone patrol whisper zebra")
True
>>> is_valid("a phrase that the wallet will ask you for when your device has been lost")
False
"""

from __future__ import annotations

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_COUNTS = (12, 15, 18, 21, 24)  # words
_SENTENCE = frozenset(  # short words of English that are not in the standard's list
    """
    the and for are was were has have had his her its our your their them they this but not from with
    which what when where who why how into onto been being does did doing would could should shall may
    might must very more most some each every both these those there here than then because after also
    """.split()  # noqa: SIM905 - a list of 60 lines would be no easier to read
)


def is_valid(value: str) -> bool:
    """Whether `value` has a right number of words, hardly one of them twice."""
    words = value.replace(",", " ").split()
    return (
        len(words) in _COUNTS and len(set(words)) >= len(words) - 1 and _SENTENCE.isdisjoint(words)
    )
