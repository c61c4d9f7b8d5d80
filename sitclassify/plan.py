"""Which expressions go into which database, and who uses each: the same at compile and at load.

Built from the loaded SITs alone, so that the cache needs to hold nothing but SITs and databases. Expression
ids are indexes into the lists here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sitclassify import encodings, text
from sitclassify.expressions import (
    Expression,
    needs_boundary,
    with_digraphs,
    without_accents,
    word_expression,
)
from sitclassify.gate import GATES, has_literal, is_gated
from sitclassify.rules import Element, Need, Sit, Tier
from sitclassify.tables import EXACT, NEAR, TRIGGER, EvidencePlan, Shape, SitPlan, Use, Word

CAMEL = "[a-z][A-Z]|[A-Z]{3}[a-z]{2}"  # a text has a camelCase identifier
_EDGE = "[^A-Za-z0-9]"  # not `\\b`: an underscore is a boundary of words
_WIDE = ("[^", r"\S", r"\W", r"\D")  # may match half a character unless the expression is UTF-8


@dataclass
class Plan:
    """Everything about the loaded SITs that is not a database."""

    sits: tuple[Sit, ...]
    shapes: list[Shape] = field(default_factory=list)
    open: list[int] = field(default_factory=list)  # shapes asked of every text
    gates: list[str] = field(
        default_factory=list
    )  # cheap expressions that elements name as their gate
    late: frozenset[int] = frozenset()  # dear shapes asked where a word speaks for them
    late_words: list[int] = field(default_factory=list)  # the words that do
    gated: list[int] = field(
        default_factory=list
    )  # shapes asked around the places that a gate sees
    gated_bare: list[int] = field(
        default_factory=list
    )  # of the gated: those accepted without evidence
    gated_late: frozenset[int] = frozenset()  # of the gated: the others
    words: list[Word] = field(default_factory=list)
    keywords: list[int] = field(default_factory=list)  # words asked of every text with a candidate
    regexes: list[int] = field(default_factory=list)  # words asked late
    evidence: list[EvidencePlan] = field(default_factory=list)
    by_sit: list[SitPlan] = field(default_factory=list)
    sits_of_word: list[frozenset[int]] = field(default_factory=list)
    shapes_of_sit: list[frozenset[int]] = field(default_factory=list)

    def encoding_expressions(self) -> list[Expression]:
        """Triggers of the encodings."""
        return [Expression(p.decode(), "encodings", once=True) for p in encodings.TRIGGERS]

    def open_expressions(self) -> list[Expression]:
        return [*self._of(self.open), *self._calls()]

    def place_expressions(self) -> list[Expression]:
        own = [Expression(gate, "gate", ends_only=True) for gate in self.gates]
        return [*self.encoding_expressions(), *GATES, *own]

    def gated_expressions(self) -> list[Expression]:
        return self._of(self.gated)

    def gated_bare_expressions(self) -> list[Expression]:
        return self._of(self.gated_bare)

    def digest(self) -> str:
        """One hash over all expressions that depend on the SITs, in the order of their ids."""
        lists = (
            self.place_expressions(), self.open_expressions(), self.gated_expressions(),
            self.gated_bare_expressions(), self.word_expressions(), self.regex_expressions(),
        )  # fmt: skip
        told = "\n".join(f"{e.pattern}\t{e[2:]}" for expressions in lists for e in expressions)
        return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()

    def _calls(self) -> list[Expression]:
        """The words that call for late shapes, each reported once."""
        words = [self.words[i].expression for i in self.late_words]
        return [anywhere(word)._replace(once=True) for word in words]

    def _of(self, shapes: list[int]) -> list[Expression]:
        return [self.shapes[i].expression for i in shapes]

    def word_expressions(self) -> list[Expression]:
        camel = Expression(CAMEL, "camelCase", once=True)
        return [self.words[i].expression for i in self.keywords] + [camel]

    def regex_expressions(self) -> list[Expression]:
        return [self.words[i].expression for i in self.regexes]

    @staticmethod
    def fold_expressions() -> list[Expression]:
        return [Expression(e, "text", utf8=True, once=True) for e in text.fold_expressions()]

    @staticmethod
    def line_expressions() -> list[Expression]:
        return [Expression(text.LINES.decode(), "text", once=True)]

    @staticmethod
    def mixed_expressions() -> list[Expression]:
        return [Expression(text.mixed_expression(), "text", utf8=True, once=True)]


def make_plan(sits: Sequence[Sit]) -> Plan:
    """The plan for `sits`, whose tiers are already cut to the wanted confidence."""
    builder = _Builder(sits)
    for number, sit in enumerate(sits):
        builder.add(number, sit)
    return builder.finish()


class _Builder:
    def __init__(self, sits: Sequence[Sit]) -> None:
        self.plan = Plan(tuple(sits))
        self._shapes: dict[tuple[Expression, int], list[Use]] = {}
        self._words: dict[tuple[str, bool, bool, bool], int] = {}
        self._regexes: dict[str, int] = {}
        self._evidence: dict[Element, int] = {}

    def add(self, number: int, sit: Sit) -> None:
        evidence: dict[str, int] = {}
        proximity: dict[str, int] = {}
        for element in sit.evidence:
            evidence[element.name] = self._add_evidence(sit, element)
            proximity[element.name] = element.proximity or sit.proximity
        used = {name for tier in sit.tiers for name in tier.primary} | _wanted(sit.tiers)
        for element in sit.primary:
            proximity[element.name] = element.proximity or sit.proximity
            if element.name in used:
                self._add_primary(number, sit, element)
        masked = sit.placeholders.masked
        if masked and sit.tiers and sit.category != "credential":
            element = Element(name="masked", expressions=(masked,))
            expression = _expression(masked, f"{sit.id} placeholders.masked")
            self._add_shape(expression, EXACT, Use(number, element, "masked"))
        self.plan.by_sit.append(SitPlan(sit, evidence, proximity, sit.tiers))

    def _add_primary(self, number: int, sit: Sit, element: Element) -> None:
        use = Use(number, element, None)
        owner = f"{sit.id} primary.{element.name}"
        if element.near:
            for word in _expanded(sit.element(element.near)):
                self._add_shape(anywhere(_word(word, owner)[0]), NEAR, use)
        elif element.words:
            for word in _expanded(element):
                self._add_shape(_bounded(word, owner), EXACT, use)
        elif element.trigger:
            self._add_shape(_expression(element.trigger, owner), TRIGGER, use)
        else:
            for pattern in element.expressions:
                mode = TRIGGER if "(?P<value>" in pattern else EXACT
                self._add_shape(_expression(pattern, owner), mode, use)

    def _add_shape(self, expression: Expression, mode: int, use: Use) -> None:
        key = (expression._replace(owner=""), mode)
        uses = self._shapes.setdefault(key, [])
        if use not in uses:
            uses.append(use)

    def _add_evidence(self, sit: Sit, element: Element) -> int:
        key = Element(
            name="",
            expressions=element.expressions,
            words=element.words,
            everyday=element.everyday,
            substring=element.substring,
            case_sensitive=element.case_sensitive,
            validator=_hashable(element.validator),
            filters=element.filters,
        )
        if key in self._evidence:
            return self._evidence[key]
        owner = f"{sit.id} evidence.{element.name}"
        words = {self._word_id(w, owner) for w in _expanded(element)}
        for pattern in element.expressions:
            words.add(self._regex_id(pattern, owner))
        index = self._evidence[key] = len(self.plan.evidence)
        self.plan.evidence.append(EvidencePlan(frozenset(words), element))
        return index

    def _word_id(self, word: _Spelling, owner: str) -> int:
        key = (word.text, word.caseless, word.substring, word.label_only)
        if key not in self._words:
            expression, sides = _word(word, owner)
            self._words[key] = len(self.plan.words)
            self.plan.keywords.append(len(self.plan.words))
            bounded = not word.substring
            self.plan.words.append(Word(expression, *sides, bounded, word.label_only))
        return self._words[key]

    def _regex_id(self, pattern: str, owner: str) -> int:
        if pattern not in self._regexes:
            self._regexes[pattern] = len(self.plan.words)
            self.plan.regexes.append(len(self.plan.words))
            self.plan.words.append(Word(_expression(pattern, owner), 0, 0, False, False))
        return self._regexes[pattern]

    def _needed(self, sit: SitPlan, tier: Tier) -> tuple[frozenset[int], ...]:
        """Sets of words of which each must be seen for `tier`.

        A need that a primary or a regex may meet asks for none: these are not looked for beforehand.
        """
        groups: list[tuple[Need, ...]] = [(need,) for need in tier.all]
        groups += [group.of for group in tier.any if group.at_least]
        own = {e.name for e in (*sit.sit.primary, *sit.sit.evidence) if e.expressions}
        return tuple(
            _words_of(self.plan, sit, needs)
            for needs in groups
            if not any(need.element in own for need in needs)
        )

    def finish(self) -> Plan:
        plan = self.plan
        sits_of_word: list[set[int]] = [set() for _ in plan.words]
        for number, sit in enumerate(plan.by_sit):
            self._resolve(number, sit, sits_of_word)
        shapes_of_sit: list[set[int]] = [set() for _ in plan.sits]
        late: set[int] = set()
        gated_late: set[int] = set()
        for (expression, mode), uses in self._shapes.items():
            number = len(plan.shapes)
            owner = f"{plan.sits[uses[0].sit].id} {uses[0].element.name}"
            plan.shapes.append(Shape(expression._replace(owner=owner), mode, tuple(uses)))
            for use in uses:
                shapes_of_sit[use.sit].add(number)
            is_bare = any(use.element.name in plan.by_sit[use.sit].bare for use in uses)
            if mode == EXACT and self._is_gated(expression, uses):
                plan.gated.append(number)
                (plan.gated_bare.append if is_bare else gated_late.add)(number)
            elif mode == EXACT and not is_bare and not has_literal(expression.pattern):
                late.add(number)
            else:
                plan.open.append(number)
        late_sits = {use.sit for shape in late for use in plan.shapes[shape].uses}
        plan.late, plan.gated_late = frozenset(late), frozenset(gated_late)
        plan.late_words = [w for w in plan.keywords if not late_sits.isdisjoint(sits_of_word[w])]
        plan.sits_of_word = [frozenset(s) for s in sits_of_word]
        plan.shapes_of_sit = [frozenset(s) for s in shapes_of_sit]
        return plan

    def _resolve(self, number: int, sit: SitPlan, sits_of_word: list[set[int]]) -> None:
        """Which words a SIT's tiers need, now that all words are known."""
        own = [self.plan.evidence[index].words for index in sit.evidence.values()]
        sit.own_words = frozenset().union(*own)
        sit.needs = tuple(self._needed(sit, tier) for tier in sit.tiers)
        # Elements of a tier that no word is surely needed for cannot wait for one.
        bare = [t for t, needs in zip(sit.tiers, sit.needs, strict=True) if not needs]
        sit.bare = frozenset(name for tier in bare for name in (*tier.primary, "masked"))
        wanted = _wanted(sit.tiers)
        for name, index in sit.evidence.items():
            if name in wanted:
                for word in self.plan.evidence[index].words:
                    sits_of_word[word].add(number)

    def _is_gated(self, expression: Expression, uses: list[Use]) -> bool:
        """Whether a shape is asked around the places of a gate only."""
        gates = {use.element.gate for use in uses}
        if None not in gates and all(
            use.element.expressions == uses[0].element.expressions for use in uses
        ):
            self.plan.gates += sorted(g for g in gates if g and g not in self.plan.gates)
            return True
        return is_gated(expression.pattern, all(use.element.filters.has_digit for use in uses))


def _words_of(plan: Plan, sit: SitPlan, needs: Iterable[Need]) -> frozenset[int]:
    indexes = [sit.evidence[need.element] for need in needs if need.element in sit.evidence]
    return frozenset().union(*(plan.evidence[index].words for index in indexes))


def _wanted(tiers: Iterable[Tier]) -> set[str]:
    """Names of the elements that can make one of `tiers` hold."""
    needs: list[Need] = []
    for tier in tiers:
        needs += tier.all
        for group in tier.any:
            needs += group.of
    return {need.element for need in needs}


def _hashable(spec: object) -> str | None:
    return None if spec is None else repr(spec)


def _expression(pattern: str, owner: str) -> Expression:
    ascii_only = pattern.isascii() and not any(wide in pattern for wide in _WIDE)
    return Expression(pattern, owner, utf8=not ascii_only)


class _Spelling(NamedTuple):
    text: str
    caseless: bool
    substring: bool
    label_only: bool


def _expanded(element: Element) -> list[_Spelling]:
    """The spellings of a word list: with and without accents, everyday words in capitals or as labels."""
    caseless = not element.case_sensitive
    out: dict[_Spelling, None] = {}
    for word in element.words:
        folded = "".join(map(text.fold, word)) if not word.isascii() else word
        for spelling in {folded: None, without_accents(folded): None, with_digraphs(folded): None}:
            key = spelling.lower() if caseless else spelling
            out[_Spelling(key, caseless, element.substring, False)] = None
    for word in element.everyday:
        out[_Spelling(word.upper(), False, element.substring, False)] = None
        out[_Spelling(word.lower(), True, element.substring, True)] = None
    return list(out)


def _word(word: _Spelling, owner: str) -> tuple[Expression, tuple[int, int]]:
    """The expression of a keyword and how many bytes of boundary its hits begin and end with.

    A class instead of `\\b`, because an underscore is a boundary here. Non-ASCII words are bounded by
    `evidence`, which knows letters of every script.
    """
    body = word_expression(word.text)
    if word.substring or not word.text.isascii():
        return Expression(body, owner, word.caseless, utf8=not word.text.isascii()), (0, 0)
    lead = needs_boundary(word.text[0])
    trail = needs_boundary(word.text[-1])
    pattern = (_EDGE if lead else "") + body + (_EDGE if trail else "")
    return Expression(pattern, owner, word.caseless), (int(lead), int(trail))


def anywhere(word: Expression) -> Expression:
    """The expression of a keyword for text that is not padded: its hits are places, not spans."""
    pattern = word.pattern
    if pattern.startswith(_EDGE):
        pattern = f"(?:^|{_EDGE}){pattern[len(_EDGE) :]}"
    if pattern.endswith(_EDGE):
        pattern = f"{pattern[: -len(_EDGE)]}(?:{_EDGE}|$)"
    return word._replace(pattern=pattern)


def _bounded(word: _Spelling, owner: str) -> Expression:
    """A keyword that is itself a primary: its hits must not hold the boundary."""
    body = word_expression(word.text)
    if not word.substring:
        body = (r"\b" if word.text[0].isascii() and word.text[0].isalnum() else "") + body
        body += r"\b" if word.text[-1].isascii() and word.text[-1].isalnum() else ""
    return Expression(body, owner, word.caseless, utf8=not word.text.isascii())
