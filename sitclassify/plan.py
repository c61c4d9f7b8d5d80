"""Which expressions go into which database, and what each of their numbers means.

Made once, when a catalogue is compiled: what a scan needs of it is in `Tables`. A shape is asked for in the cheapest
way that loses nothing:

- *keys*: every match holds a long run of letters and digits, so it is asked where `gate` sees one;
- *open*: it holds a literal, or begins with a trigger, so Hyperscan finds it in plain prose at no cost;
- *gated* (and *wide*, the long ones): every match holds a place that `gate` sees, so it is asked around such places;
- *called*: none of these, but some word must speak for it: those are *callers*, and it is asked around them.

A value that is looked for near a word is asked for by that word, among the *keys* or the *callers*; one that is a
cell of a table by the name of its column, among the *callers*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitclassify import encodings, text
from sitclassify.expressions import (
    Expression,
    needs_boundary,
    width_of,
    with_digraphs,
    without_accents,
    without_lead,
    without_look_around,
    word_expression,
)
from sitclassify.gate import (
    CODE,
    DENSE,
    LITERAL,
    LONG,
    LONG_LITERAL,
    MASK,
    MAX_WIDTH,
    NARROW,
    NUMBER,
    is_dense,
    is_gated,
    is_key,
    literal_of,
)
from sitclassify.rules import MAX_PRIMARY, Element, Need, Sit, Tier
from sitclassify.tables import (
    COLUMN,
    EXACT,
    NEAR,
    TRIGGER,
    Shape,
    SitTable,
    Supporting,
    Tables,
    Use,
    Word,
    bits_of,
    called_name,
    gated_name,
    guarded_name,
    waiting_name,
)

CAMEL = "[a-z][A-Z]|[A-Z]{3}[a-z]{2}"  # a text has a camelCase identifier
_EDGE = "[^A-Za-z0-9]"  # not `\\b`: an underscore is a boundary of words
_WIDE = ("[^", r"\S", r"\W", r"\D")  # may match half a character unless the expression is UTF-8
_LOOK_AROUND = (
    "(?=",
    "(?!",
    "(?<=",
    "(?<!",
    "(?P<",
)  # Hyperscan refuses these, or cannot tell a group
_CELL_BEGINS = r"[\n|\t,;\[(][ \"'`*]*"
_WORD_BEGINS = r"[\n|\t,;\[( \"'`*_\-]"
_CELL_ENDS = r"[ \"'`*]*[\r\n|\t,;\])]"
_BYTES = 4  # of one character of UTF-8, at most


_PLACES = ("open", "keys", "callers", "called", "gated", "wide")


class Plan(NamedTuple):
    """The tables of a scan, and the expressions of each database in the order of their numbers."""

    tables: Tables
    expressions: dict[str, list[Expression]]


def make_plan(sits: Sequence[Sit]) -> Plan:
    """The plan for `sits`, whose tiers are already cut to the wanted confidence."""
    builder = _Builder(sits)
    for number, sit in enumerate(sits):
        builder.add(number, sit)
    return builder.finish()


class _Draft(NamedTuple):
    """A shape before its uses are whole."""

    expression: Expression
    mode: int


class _Use(NamedTuple):
    sit: int
    element: Element
    reason: str | None


class _Builder:
    def __init__(self, sits: Sequence[Sit]) -> None:
        self._sits = sits
        self._shapes: dict[_Draft, list[_Use]] = {}
        self._word_ids: dict[_Spelling, int] = {}
        self._regex_ids: dict[str, int] = {}
        self._words: list[Word] = []
        self._word_expressions: list[Expression] = []
        self._supporting: list[Supporting] = []
        self._supporting_ids: dict[Element, int] = {}
        self._tables: list[SitTable] = []
        self._bare: list[
            frozenset[str]
        ] = []  # per SIT: elements that some tier takes without a word

    def add(self, number: int, sit: Sit) -> None:
        supporting: dict[str, int] = {}
        proximity: dict[str, int] = {}
        for element in sit.evidence:
            supporting[element.name] = self._support(number, sit, element)
            proximity[element.name] = element.proximity or sit.proximity
        used = {name for tier in sit.tiers for name in tier.primary} | _wanted(sit.tiers)
        for element in sit.primary:
            proximity[element.name] = element.proximity or sit.proximity
            if element.name in used:
                self._add_primary(number, sit, element)
        masked = sit.placeholders.masked
        if masked and sit.tiers and sit.category != "credential":
            element = Element(name="masked", expressions=(masked,), gate=MASK)
            expression = _expression(masked, f"{sit.id} placeholders.masked")
            self._add_shape(expression, EXACT, _Use(number, element, "masked"))
        needs = tuple(_needed(sit, supporting, tier) for tier in sit.tiers)
        self._tables.append(SitTable(supporting, proximity, needs))
        # Elements of a tier that no word is surely needed for cannot wait for one.
        bare = [t for t, sets in zip(sit.tiers, needs, strict=True) if not sets]
        names = {name for tier in bare for name in (*tier.primary, "masked")} | _wanted(bare)
        self._bare.append(frozenset(names))

    def _add_primary(self, number: int, sit: Sit, element: Element) -> None:
        use = _Use(number, element, None)
        owner = f"{sit.id} primary.{element.name}"
        if element.column:
            self._add_shape(_heading(element.column, owner), COLUMN, use)
        elif element.near and not all(_is_simple(e) for e in element.expressions):
            for word in _expanded(sit.element(element.near)):
                self._add_shape(anywhere(_word(word, owner)[0]), NEAR, use)
        elif element.words:
            for word in _expanded(element):
                self._add_shape(_unbounded(word, owner), EXACT, use)
        elif element.trigger:
            self._add_shape(_expression(element.trigger, owner), TRIGGER, use)
        else:
            for pattern in element.expressions:
                mode = TRIGGER if "(?P<value>" in pattern else EXACT
                self._add_shape(_expression(pattern, owner), mode, use)

    def _add_shape(self, expression: Expression, mode: int, use: _Use) -> None:
        uses = self._shapes.setdefault(_Draft(expression._replace(owner=""), mode), [])
        if use not in uses:
            uses.append(use)

    def _support(self, number: int, sit: Sit, element: Element) -> int:
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
        if key in self._supporting_ids:
            return self._supporting_ids[key]
        owner = f"{sit.id} evidence.{element.name}"
        words = {self._word_id(w, owner) for w in _expanded(element)}
        words |= {self._regex_id(pattern, owner) for pattern in element.expressions}
        index = self._supporting_ids[key] = len(self._supporting)
        is_picky = element.validator is not None or bool(element.filters)
        has_regex = bool(element.expressions)
        about = Supporting(frozenset(words), number, element.name, has_regex, is_picky)
        self._supporting.append(about)
        return index

    def _word_id(self, spelling: _Spelling, owner: str) -> int:
        if spelling not in self._word_ids:
            expression, (lead, trail) = _word(spelling, owner)
            self._word_ids[spelling] = len(self._words)
            self._word_expressions.append(expression)
            bounded = not spelling.substring
            word = Word(lead, trail, bounded, expression.utf8, spelling.label_only)
            self._words.append(word)
        return self._word_ids[spelling]

    def _regex_id(self, pattern: str, owner: str) -> int:
        if pattern not in self._regex_ids:
            self._regex_ids[pattern] = len(self._words)
            self._word_expressions.append(_expression(pattern, owner))
            self._words.append(Word(0, 0, False, False, False))
        return self._regex_ids[pattern]

    def finish(self) -> Plan:
        shapes: list[Shape] = []
        places: dict[str, list[int]] = {name: [] for name in _PLACES}
        gates: dict[str, None] = {}
        expressions: list[Expression] = []
        for (pattern, mode), uses in self._shapes.items():
            made = tuple(
                Use(u.sit, u.element.name, u.reason, u.element.name in self._bare[u.sit])
                for u in uses
            )
            least, most = _width(pattern)
            shape = Shape(mode, most, least == most, made)
            place = self._place(pattern, shape, uses, gates)
            places[place].append(len(shapes))
            shapes.append(shape)
            owner = f"{self._sits[uses[0].sit].id} {uses[0].element.name}"
            expressions.append(pattern._replace(owner=owner))
        all_uses = list(self._shapes.values())
        called = self._shapes_of_sits(shapes, places["called"])
        regexes = tuple(self._regex_ids.values())
        keywords = sorted(set(range(len(self._words))) - set(regexes))
        elements_of_word = self._elements_of_word()
        calls = self._calls(called, keywords, elements_of_word)
        ended = (*places["open"], *places["keys"])
        columns = [i for i in places["callers"] if shapes[i].mode == COLUMN]
        spans = [i for i in ended if shapes[i].mode != NEAR and not shapes[i].is_fixed]
        gated = (*places["gated"], *places["wide"])
        bare = [i for i in gated if any(use.is_bare for use in shapes[i].uses)]
        cards = [i for i in bare if is_dense(expressions[i].pattern)]
        guarded: dict[str, list[int]] = {}
        for i in set(bare).difference(cards):
            guarded.setdefault(_own_gate(all_uses[i]), []).append(i)
        bare = sorted(guarded.pop("", []))
        guarded = {gate: sorted(guarded[gate]) for gate in sorted(guarded)}
        near = sorted(
            {
                body
                for (_, mode), uses in self._shapes.items()
                if mode == NEAR
                for use in uses
                for body in use.element.expressions
            }
        )
        waiting_of_sit = self._shapes_of_sits(shapes, gated)
        waiting = list(dict.fromkeys(waiting_of_sit.values()))
        words = self._word_expressions
        tables = Tables(
            tuple(shapes), tuple(places["open"]), tuple(places["keys"]), tuple(spans), tuple(near),
            tuple(places["callers"]), tuple(columns), tuple(calls.values()), tuple(called.values()),
            tuple(self._reach(sit) for sit in called), tuple(places["gated"]),
            tuple(places["wide"]), tuple(bare), tuple(map(tuple, guarded.values())), tuple(cards),
            tuple(waiting),
            {sit: waiting.index(found) for sit, found in waiting_of_sit.items()},
            tuple(self._words), tuple(keywords), regexes,
            tuple(self._supporting), elements_of_word, tuple(self._tables),
        )  # fmt: skip

        def of(numbers: Iterable[int]) -> list[Expression]:
            return [expressions[i] for i in numbers]

        def ends(found: Iterable[Expression]) -> list[Expression]:
            return [expression._replace(ends_only=True) for expression in found]

        code = "|".join(f"(?:{gate})" for gate in (CODE, *gates))
        camel = Expression(CAMEL, "camelCase", once=True)
        return Plan(
            tables,
            {
                "open": ends(of(places["open"])) + mark_expressions(),
                "runs": [Expression(LONG, "gate", once=True)],
                "keys": ends(of(places["keys"])),
                "tokens": ends(Expression(t, "encodings") for t in encodings.TOKENS),
                "spans": of(spans),
                "near": [_roughly(body) for body in near],
                "callers": ends(of(places["callers"]) + [anywhere(words[w]) for w in calls]),
                "columns": ends(of(columns)),
                **{called_name(i): of(numbers) for i, numbers in enumerate(called.values())},
                "numbers": ends([Expression(NUMBER, "gate")]),
                "codes": ends([Expression(code, "gate")]),
                **{gated_name(i): of(shard) for i, shard in enumerate(tables.gated_shards)},
                "wide": of(places["wide"]),
                "bare": of(bare),
                "guards": [Expression(gate, "gate", once=True) for gate in guarded],
                **{guarded_name(i): of(found) for i, found in enumerate(guarded.values())},
                "dense": ends([Expression(DENSE, "gate")]),
                "cards": of(cards),
                **{waiting_name(i): of(numbers) for i, numbers in enumerate(waiting)},
                "words": [words[i] for i in keywords] + [camel],
                "regexes": [words[i] for i in regexes],
            },
        )

    def _place(
        self, pattern: Expression, shape: Shape, uses: list[_Use], gates: dict[str, None]
    ) -> str:
        """Which database a shape goes into; gates that elements name are added to `gates`."""
        if shape.mode == COLUMN:
            return "callers"
        if shape.mode == NEAR:
            bodies = [body for use in uses for body in use.element.expressions]
            return "keys" if all(map(is_key, bodies)) else "callers"
        is_bare = any(use.is_bare for use in shape.uses)
        if is_key(pattern.pattern) and (is_bare or shape.mode == TRIGGER):
            return "keys"
        if shape.mode == TRIGGER:
            return "open"
        literal = literal_of(pattern.pattern)
        if literal >= LONG_LITERAL:
            return "open"
        own = {use.element.gate for use in uses}
        same = all(use.element.expressions == uses[0].element.expressions for use in uses)
        has_own = None not in own and same
        has_digit = all(use.element.filters.has_digit for use in uses)
        is_seen = is_gated(pattern.pattern, has_digit)
        if shape.width <= MAX_WIDTH and (has_own or is_seen):
            if not is_seen:
                gates.update(dict.fromkeys(sorted(gate for gate in own if gate)))
            return "gated" if shape.width <= NARROW else "wide"
        return "called" if literal < LITERAL and not is_bare else "open"

    def _shapes_of_sits(
        self, shapes: list[Shape], among: Iterable[int]
    ) -> dict[int, tuple[int, ...]]:
        """The shapes of each SIT that wait for its words."""
        found: dict[int, dict[int, None]] = {}
        for number in among:
            for use in shapes[number].uses:
                if not use.is_bare:
                    found.setdefault(use.sit, {})[number] = None
        return {sit: tuple(numbers) for sit, numbers in found.items()}

    def _calls(
        self,
        called: Iterable[int],
        keywords: Iterable[int],
        elements_of_word: Sequence[int],
    ) -> dict[int, tuple[int, ...]]:
        """The words that call for a SIT, and which of `called` each speaks for."""
        bits = [bits_of(self._tables[sit].supporting.values()) for sit in called]
        calls: dict[int, tuple[int, ...]] = {}
        for word in keywords:
            spoken = tuple(i for i, wanted in enumerate(bits) if wanted & elements_of_word[word])
            if spoken:
                calls[word] = spoken
        return calls

    def _reach(self, sit: int) -> int:
        """Characters around a word in which a value it calls for may stand."""
        return max(self._tables[sit].proximity.values(), default=0)

    def _elements_of_word(self) -> tuple[int, ...]:
        elements = [0] * len(self._words)
        for index, about in enumerate(self._supporting):
            for word in about.words:
                elements[word] |= 1 << index
        return tuple(elements)


def mark_expressions() -> list[Expression]:
    """Whether something may be decoded, and numbers that a line break may cut: the same in every plan."""
    marks = [*encodings.ESCAPES.values(), text.LINES]
    return [Expression(p, "encodings", once=True) for p in marks]


def text_expressions() -> dict[str, list[Expression]]:
    """The databases of the text stage."""
    folds = [Expression(e, "text", utf8=True, once=True) for e in text.fold_expressions()]
    mixed = [Expression(text.mixed_expression(), "text", utf8=True, once=True)]
    return {"folds": folds, "mixed": mixed}


def _needed(sit: Sit, supporting: dict[str, int], tier: Tier) -> tuple[int, ...]:
    """Sets of supporting elements, as bits, of each of which one must be seen for `tier`.

    A need that a primary or a regex may meet asks for none: these are not looked for beforehand.
    """
    groups: list[tuple[Need, ...]] = [(need,) for need in tier.all]
    groups += [group.of for group in tier.any if group.at_least]
    late = {e.name for e in (*sit.primary, *sit.evidence) if e.expressions}
    late |= {e.name for e in sit.primary}
    return tuple(
        bits_of(supporting[need.element] for need in needs)
        for needs in groups
        if not any(need.element in late for need in needs)
    )


def _width(expression: Expression) -> tuple[int, int]:
    """The least and the most bytes of a match."""
    least, most = width_of(expression.pattern)
    if expression.utf8 or not expression.pattern.isascii():
        most *= _BYTES
    return least, min(most, MAX_PRIMARY)


def _wanted(tiers: Iterable[Tier]) -> set[str]:
    """Names of the elements that can make one of `tiers` hold."""
    needs: list[Need] = []
    for tier in tiers:
        needs += tier.all
        for group in tier.any:
            needs += group.of
    return {need.element for need in needs}


def _roughly(body: str) -> Expression:
    """What finds the ends of a value that is looked for near a word, and of some more: without its look-around."""
    return Expression(without_look_around(body), "near", utf8=True, ends_only=True)


def _own_gate(uses: list[_Use]) -> str:
    """The gate that all elements of a shape name; empty where they name none, or several."""
    gates = {use.element.gate or "" for use in uses}
    return gates.pop() if len(gates) == 1 else ""


def _is_simple(pattern: str) -> bool:
    """Whether a value that is looked for near a word can be looked for at its places as well."""
    return is_gated(pattern) and not any(mark in pattern for mark in _LOOK_AROUND)


def _heading(name: str, owner: str) -> Expression:
    """What finds the ends of cells with the name of a column: a little more, for want of look-around."""
    body = without_look_around(name)
    tail = without_lead(body)  # words that may stand before it would cost as much as all callers
    begins = _CELL_BEGINS if tail == body else _WORD_BEGINS
    return _expression(f"(?:^|{begins}){tail}(?:{_CELL_ENDS}|$)", owner)


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
        folded = text.fold_word(word)
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
    """The expression of a keyword for text that is not padded, also inside camelCase; its hits are places, not words.

    It sees a little more than the words themselves: those are asked where a value has been found.
    """
    body = word.pattern
    lead, trail = body.startswith(_EDGE), body.endswith(_EDGE)
    body = body[len(_EDGE) if lead else 0 : -len(_EDGE) if trail else None]
    if not lead and not trail:
        return word
    folded = f"(?i:{body})" if word.caseless else body
    end = "(?:[^a-z0-9]|$)" if trail else ""
    pattern = (f"(?:^|{_EDGE})" if lead else "") + folded + end
    if lead and word.caseless and body[0].isalpha():
        pattern += f"|[a-z]{body[0].upper()}(?i:{body[1:]}){end}"
    return word._replace(pattern=pattern, caseless=False)


def _unbounded(word: _Spelling, owner: str) -> Expression:
    """A keyword that is itself a primary: its hits hold no boundary, which `candidates` looks for."""
    body = word_expression(word.text)
    return Expression(body, owner, word.caseless, utf8=not word.text.isascii())
