"""Regular expressions as the catalogue writes them, and as the engines read them.

The catalogue's dialect is that of the `regex` package with one rule more: a space stands for any white space
character or one line break, so that a value wrapped over two lines is still found. `plain` removes the layout
of `(?x)` and applies that rule; what it returns is read alike by `regex` and by Hyperscan.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import import_module
from typing import NamedTuple

parser = import_module("re._parser")  # of the standard library, without types

SPACE = r"[ \t\n]"  # what a space in an expression stands for
UNKNOWN = 1 << 20  # characters: wider than any match
_SPACE_IN_CLASS = r" \t\n"
_CLOSED_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "HANGUL")
# Korean writes spaces, but particles are joined to the word: 여권번호는 is 여권번호 with one.


class Expression(NamedTuple):
    """One expression of a Hyperscan database and what is asked of it."""

    pattern: str
    owner: str  # for messages: SIT and element
    caseless: bool = False
    utf8: bool = False
    once: bool = False  # reported once, without its start: "is there one?"
    ends_only: bool = False  # reported at each end, without its start


def plain(expression: str) -> str:
    """`expression` without `(?x)` layout, its spaces standing for white space or one line break."""
    verbose = expression.startswith("(?x)")
    if not verbose:
        head = expression[: expression.find(")") + 1]
        verbose = head.startswith("(?") and "x" in head[2:-1] and head[2:-1].isalpha()
        if verbose:
            expression = head.replace("x", "") + expression[len(head) :]
    else:
        expression = expression[4:]
    out: list[str] = []
    in_class = False
    i = 0
    while i < len(expression):
        char = expression[i]
        if char == "\\" and i + 1 < len(expression):
            escaped = expression[i + 1]
            space = _SPACE_IN_CLASS if in_class else SPACE
            out.append(space if escaped == " " else "#" if escaped == "#" else char + escaped)
            i += 2
            continue
        if in_class:
            out.append(_SPACE_IN_CLASS if char == " " else char)
            in_class = char != "]" or out[-2:-1] == ["["] or out[-3:-1] == ["[", "^"]
        elif char == "[":
            in_class = True
            out.append(char)
        elif verbose and char.isspace():
            pass
        elif verbose and char == "#":
            end = expression.find("\n", i)
            i = len(expression) if end < 0 else end
            continue
        else:
            out.append(SPACE if char == " " else char)
        i += 1
    return "".join(out)


_BARRED = str.maketrans("đðłøħŧ", "ddloht")  # letters whose stroke is no accent to Unicode


def without_accents(word: str) -> str:
    """`word` with its Latin, Greek and Cyrillic accents taken off."""
    parts = unicodedata.normalize("NFD", word.translate(_BARRED))
    kept = (c for c in parts if not ("\u0300" <= c <= "\u036f"))
    return unicodedata.normalize("NFC", "".join(kept))


_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
)


def with_digraphs(word: str) -> str:
    """`word` as it is typed where a keyboard lacks its umlauts: fuehrerschein."""
    return word.translate(_DIGRAPHS)


def needs_boundary(char: str) -> bool:
    """Whether a word that begins or ends with `char` must not touch another letter or digit."""
    if not char.isalnum():
        return False
    return char.isascii() or not unicodedata.name(char, "").startswith(_CLOSED_SCRIPTS)


_LOOK_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_ATOM = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL
)  # an escape, a class, or one character


def without_look_around(pattern: str) -> str:
    """`pattern` without its look-around: it matches what it did, and more.

    >>> without_look_around("(?<=key(?:s|)[=(] )[a-z]{8}(?![a-z])")
    '[a-z]{8}'
    """
    kept: list[str] = []
    depth = around = 0  # open groups; the one that is a look-around
    position = 0
    while position < len(pattern):
        atom = _ATOM.match(pattern, position).group()  # type: ignore[union-attr]  # matches anything
        if atom == "(":
            depth += 1
            if not around and pattern.startswith(_LOOK_AROUND, position):
                around = depth
        if not around:
            kept.append(atom)
        if atom == ")":
            around = 0 if around == depth else around
            depth -= 1
        position += len(atom)
    return "".join(kept)


_OPTIONAL = re.compile(r"[?*]|\{0?,[0-9]*\}")
_FLAGS = re.compile(r"\(\?[a-z]+\)")


def without_lead(pattern: str) -> str:
    """`pattern` without the group that it may begin with: it matches the ends of what it did, and more.

    >>> without_lead("(?i)(?:my|the )?(?:key|word)"), without_lead("(?:my )?key|word")
    ('(?i)(?:key|word)', '(?:my )?key|word')
    """
    flags = _FLAGS.match(pattern)
    begin = position = flags.end() if flags else 0
    if not pattern.startswith("(?:", position):
        return pattern
    depth = 0
    lead = None  # where the first group ends
    while position < len(pattern):
        atom = _ATOM.match(pattern, position).group()  # type: ignore[union-attr]  # matches anything
        depth += (atom == "(") - (atom == ")")
        position += len(atom)
        if not depth and atom == "|":
            return pattern
        if not depth and lead is None:
            optional = _OPTIONAL.match(pattern, position)
            if optional is None:
                return pattern
            lead = optional.end()
    return pattern[:begin] + pattern[lead:]


def is_word(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit joins `text[start:end]` to a longer word; a camelCase change is a boundary."""
    return _parts(text, start) and _parts(text, end)


def _parts(text: str, at: int) -> bool:
    """Whether a word may begin or end at `at`."""
    if at == 0 or at >= len(text):
        return True
    left, right = text[at - 1], text[at]
    if not (needs_boundary(left) and needs_boundary(right)):
        return True
    if not (left.isalpha() and right.isupper()):
        return False
    return left.islower() or text[at + 1 : at + 2].islower()


def width_of(pattern: str) -> tuple[int, int]:
    """The least and the most characters of a match; (0, `UNKNOWN`) where that cannot be told."""
    try:
        least, most = parser.parse(pattern).getwidth()
    except (re.error, RecursionError, AttributeError):
        return 0, UNKNOWN
    return int(least), min(int(most), UNKNOWN)


# Between the words of a term: card number, card_number, cardNumber. Two such characters would be kinder, and
# cost three times the compilation of all words.
_BETWEEN = r"[ \t\n_\-]?"


def word_expression(word: str) -> str:
    """The expression of one keyword without its boundaries."""
    return _BETWEEN.join(escape(part) for part in word.split())


_SPECIAL = frozenset(r"\.^$*+?{}[]()|/-#&~")


def escape(literal: str) -> str:
    """`literal` as an expression that matches just it, in `regex` and in Hyperscan."""
    return "".join("\\" + c if c in _SPECIAL else c for c in literal)
