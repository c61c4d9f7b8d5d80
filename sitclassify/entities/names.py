"""Person names in a text: dictionaries of given and family names, and the words that introduce a person.

What counts is a run of capitalised words, or two names next to each other. A name that is something else as well -
an everyday word, a place, a brand - counts only beside a surer one, or where a word says that a person follows ("my
name is", "Dear", "Mrs"). README.md says where the dictionaries come from.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sitclassify.entities.lexicon import (
    ELSE,
    EVERYDAY,
    FAMILY,
    GIVEN,
    KNOWN,
    OTHER,
    PROPER,
    ROLE,
    TITLE,
    Word,
    kind,
    words,
)  # fmt: skip

SURE, LIKELY, POSSIBLE = 85, 75, 65  # confidences
_ALONE, _WEAK = 1, 0  # instead of one: a family name by itself; what is a name only beside another
_LONGEST = 5  # words of a name
_AROUND = 40  # characters before a name in which its introduction stands
_WORD = r"\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*"
_PARTICLE = r"(?:de|da|di|del|della|van|von|der|den|bin|al|el|la|le|dos|du|ter|ibn)[ \t]+"
_BEFORE, _AFTER = r"(?<![\p{L}\p{N}_@/.’'-])", r"(?![\p{L}\p{N}_@/]|\.\p{L})"
_RUN = rf"{_BEFORE}{_WORD}(?:\.?[ \t]+(?:{_PARTICLE}){{0,2}}{_WORD}){{0,7}}{_AFTER}"
_SMALL = rf"{_BEFORE}\p{{Ll}}{{3,}}{_AFTER}"
_INITIAL = r"[ \t](?:\p{Ll}\.?[ \t])?"  # between a given and a family name
_LEADS = (
    r"(?:my (?:full )?name(?: is|'s|’s)|name is|i am called|call me|named|"
    r"signed(?: by)?[:,]?|sincerely,?|regards,?|cheers,?|"
    r"patient(?: name)?:?|employee:?|customer:?|client:?|attn:?|attention:?|contact:?|born|"
    r"(?:full |first |last |family |given |maiden |user |customer |card ?holder )?name\"?'?\s*[:=?]\s*[\"']?|"
    r"\b(?:mr|mrs|ms|dr|prof)\.?|"
    r"\b(?:my|his|her|our|their) (?:wife|husband|friend|brother|sister|son|daughter|mother|father|mom|dad|boss|"
    r"colleague|neighbou?r|uncle|aunt|cousin|girlfriend|boyfriend|manager),?|"
    r"mein name ist|ich heiße|je m'appelle|mi nombre es|me llamo|mi chiamo|meu nome é)\s*$"
)
_PLACED = r"(?:\p{N}|\b(?:rue|via|calle|rua|in|at|near|from|an?|the|street|st\.?,?|av\.?|ul\.?)|[#@])[ \t]+$"
_GOES_ON = r"[ \t]*\p{N}|[ \t]+(?:u\.|út\b|utca|tér|str\b)|[ \t]*&[ \t]*co"
_ACTS = (  # what persons do, and how they are spoken to
    r"(?:[ \t]+(?:said|says|told|asked|asks|wrote|writes|lives|lived|shouted|explained|replied|married|claimed|died|"
    r"has been born|was born|thinks|thought|called|refused|decided|wants|wanted|loves|loved|smiled|laughed|spent|"
    r"began|gave|went|moved|walked|bought|ate|drove|met|knew|knows|felt|starred|listens|listened|points out)|"
    r",[ ](?:can|could|would|will) (?:I|you|we)|,[ ](?:please|thank|are you|do you|how are))\b"
)
_MEETS = (  # what is done to persons, and who is spoken to: what is a name by a list follows
    r"\b(?:(?:shout|yell|smil|look)(?:s|ed|ing)? at|(?:talk|speak|spoke|listen|belong|write)(?:s|ed|ing)? (?:to|with)|"
    r"(?:spoke|chatted|chat|worked|lunch|dinner|follow(?:ed|ing)? up|meeting|meet|met|in touch|together|along) with|"
    r"wrote to|met|starring|stars|featuring|(?:direct|produc|compos|influenc|perform|invent|found|sign)(?:ed)? by|"
    r"(?:written|sung|played|told|drawn|given|taken|led|sent) by|wed|married to|named after|on behalf of|"
    r"hi|hello|hey|dear|thanks|thank you|cc|author)[:,]?[ \t\n]{1,2}$"
)
_FORMAL = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "mme",
        "herr",
        "frau",
        "sr",
        "sra",
        "señor",
        "señora",
        "signor",
        "signora",
    )
)
_BETWEEN = frozenset((", ", " and ", ", and ", " & ", " or "))  # two names in one list


class Name(NamedTuple):
    """A person's name; `lead` is the span of what introduces it."""

    start: int
    end: int
    confidence: int
    lead: tuple[int, int] | None


def find(text: str) -> Iterator[Name]:
    """The names in `text`, from left to right; offsets are those of `text`."""
    run = _patterns().run
    found = [name for match in run.finditer(text) for name in _in_run(text, *match.span())]
    found = sorted([*found, *_in_small(text)])
    for i, name in enumerate(found):
        pairs = (found[k : k + 2] for k in (i - 1, i) if 0 <= k < len(found) - 1)
        if name.confidence < LIKELY and any(_is_list(text, *pair) for pair in pairs):
            name = found[i] = name._replace(confidence=LIKELY)  # so that it speaks for the next
        if name.confidence != _WEAK:
            yield name._replace(confidence=max(name.confidence, POSSIBLE))


def _is_list(text: str, first: Name, second: Name) -> bool:
    """Whether two names stand in one list, one of them certainly a name."""
    is_one = max(first.confidence, second.confidence) >= LIKELY
    is_name = is_one or first.confidence == second.confidence == _ALONE
    return is_name and text[first.end : second.start] in _BETWEEN


def _in_small(text: str) -> Iterator[Name]:
    """Names without capitals: a given name and a family name, several in a list, or one that is introduced."""
    expect = _patterns()
    found = [
        (match.span(), bits)
        for match in expect.small.finditer(text)
        if (bits := kind(match[0])) & (GIVEN | FAMILY) and not bits & OTHER
    ]
    used = 0
    for i, ((start, end), bits) in enumerate(found):
        if start < used:
            continue
        (next_start, next_end), next_bits = found[min(i + 1, len(found) - 1)]
        gap = text[end:next_start]
        lead = _lead(text, start)
        if expect.initial.fullmatch(gap) and bits & GIVEN and next_bits & FAMILY:
            used = next_end
            yield Name(start, used, LIKELY, lead)
        elif lead or bits & KNOWN:
            yield Name(start, end, LIKELY, lead)
        elif bits & GIVEN:
            yield Name(start, end, _WEAK, None)


def _in_run(text: str, start: int, end: int) -> Iterator[Name]:
    """The names in a run of capitalised words."""
    expect = _patterns()
    found = list(words(text, start, end))
    if not any(_may_begin(found, i) for i in range(len(found))):  # most runs: nothing else to do
        return
    lead = _lead(text, start)
    is_placed = not lead and expect.placed.search(text, max(0, start - _AROUND), start)
    at = 0
    while at < len(found):
        if found[at].kind & (TITLE | ROLE):
            lead, at = found[at].span if found[at].kind & TITLE else lead, at + 1
            continue
        stop = _stop(found, at)
        if stop > at:
            span = found[at].span[0], found[stop - 1].span[1]
            confidence = _grade(found[at:stop], lead is not None)
            if confidence in (_ALONE, POSSIBLE, _WEAK) and _is_person(
                text, found[at], span[1], confidence
            ):
                confidence = LIKELY
            beside = (*found[max(0, at - 1) : at], *found[stop : stop + 1])
            is_else = any(w.kind & ELSE for w in beside) or expect.goes_on.match(text, span[1])
            if confidence is not None and (lead or not is_else):
                is_place = stop - at == 1 and not lead and (is_placed or _is_thing(found, at))
                yield Name(*span, min(confidence, POSSIBLE) if is_place else confidence, lead)
        lead, is_placed, at = None, False, max(stop, at + 1)


def _is_no_name(word: Word) -> bool:
    """Whether no name begins with a word."""
    is_other = word.kind & OTHER and not word.kind & (GIVEN | FAMILY)
    return bool(is_other or word.kind & (ELSE | TITLE | ROLE))


def _may_begin(found: Sequence[Word], at: int) -> bool:
    """Whether a name may begin with a word: by itself, or because of what stands before it (Mr. Young)."""
    word = found[at]
    is_title = at > 0 and found[at - 1].plain in _FORMAL and not found[at - 1].is_shouted
    is_titled = is_title and len(word.plain) > 2 and not word.kind & (ELSE | TITLE | ROLE)
    return is_titled or not _is_no_name(word)


def _is_person(text: str, first: Word, end: int, confidence: int) -> bool:
    """Whether what is said of a name is said of persons: they do it, or it is done to them."""
    acts = _patterns().acts.match(text, end)
    is_called = acts and acts[0].startswith(",") and first.kind & OTHER  # "Perfect, please"
    if acts and not is_called:
        return True
    start = first.span[0]
    if confidence == _WEAK and " " not in text[start:end]:  # "Thanks! Bye"
        return False
    met = _patterns().meets.search(text, max(0, start - _AROUND), start)
    return bool(met) and not first.is_shouted


def _is_thing(found: Sequence[Word], at: int) -> bool:
    """Whether a word is the end of a place's name (Los Angeles), or two names with a hyphen (a method's)."""
    before = found[at - 1].kind if at else 0
    first, _, second = found[at].plain.partition("-")
    return bool(before & PROPER or (kind(first) & kind(second) & FAMILY))


def _lead(text: str, start: int) -> tuple[int, int] | None:
    """What introduces a person right before a place."""
    found = _patterns().lead.search(text, max(0, start - _AROUND), start)
    return found.span() if found else None


def _stop(found: Sequence[Word], at: int) -> int:
    """Where the name ends that begins at a word."""
    stop = at
    while stop < len(found) and stop - at < _LONGEST:
        word = found[stop]
        if _is_no_name(word) and not (stop == at and _may_begin(found, at)):
            break
        stop += 1
        if word.has_dot and len(word.plain) > 1:
            break
    return stop


def _grade(name: Sequence[Word], is_introduced: bool) -> int | None:
    """Confidence that some words are a name; None: they are not."""
    kinds = [w.kind for w in name if len(w.plain) > 1]
    if not kinds:
        return None
    first, last = kinds[0], kinds[-1]
    if is_introduced:
        is_known = any(k & (GIVEN | FAMILY) for k in kinds)
        return None if name[0].is_shouted and len(kinds) == 1 else SURE if is_known else LIKELY
    is_given, is_family = first & (GIVEN | OTHER) == GIVEN, last & (FAMILY | OTHER) == FAMILY
    if len(name) == 1:
        return _grade_one(name[0])
    if len(kinds) == 1:  # beside initials
        return LIKELY if is_given or is_family else None
    if is_given:
        return SURE if last & (GIVEN | FAMILY) else LIKELY
    if is_family and (first & GIVEN or not first & OTHER):
        return LIKELY
    if first & GIVEN:
        is_place = first & EVERYDAY or last & OTHER or len(name[-1].plain) < 4
        return POSSIBLE if is_place else LIKELY
    return None if (first | last) & OTHER or name[0].is_shouted else _WEAK


def _grade_one(word: Word) -> int | None:
    """The same of a word by itself."""
    is_other = word.kind & OTHER
    if word.kind & GIVEN and not is_other:
        is_long = len(word.plain) > 3 or word.kind & KNOWN
        return LIKELY if is_long and not word.is_shouted else POSSIBLE
    if word.kind & FAMILY and not is_other:
        return _ALONE
    is_unknown = not word.kind and len(word.plain) > 3 and not word.is_shouted
    return _WEAK if is_unknown or word.kind & (GIVEN | FAMILY) else None


class _Patterns(NamedTuple):
    run: Any
    small: Any
    initial: Any
    lead: Any
    placed: Any
    goes_on: Any
    acts: Any
    meets: Any


@functools.cache
def _patterns() -> _Patterns:
    import regex

    lead = rf"(?i)(?<![\p{{L}}\p{{N}}_]){_LEADS}"
    asked = (
        _RUN,
        _SMALL,
        _INITIAL,
        lead,
        rf"(?i){_PLACED}",
        rf"(?i){_GOES_ON}",
        _ACTS,
        rf"(?i){_MEETS}",
    )
    return _Patterns(*(regex.compile(one) for one in asked))
