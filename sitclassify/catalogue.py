"""Reads `patterns/`: YAML files to `Sit` objects, with every mistake addressed to its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sitclassify import resources
from sitclassify.checked import checked, nearest
from sitclassify.errors import Problem, RuleError
from sitclassify.expressions import escape, plain
from sitclassify.rules import (
    UNLIMITED,
    Element,
    Filters,
    Group,
    Need,
    Placeholders,
    Sit,
    Tier,
    distinct,
)

if TYPE_CHECKING:
    from sitclassify.schema import (
        ElementModel,
        ExamplesModel,
        FiltersModel,
        OverlayModel,
        SharedModel,
        SitModel,
        TierModel,
    )
    from sitclassify.yaml_file import Address, YamlFile

TEXT_FUNCTIONS = ("hidden_text", "person_name", "postal_address")  # found without an expression
_DATES = {  # order -> expression; "." "/" "-" or a space between the parts, or a month's name
    "dmy": r"\b(?:0?[1-9]|[12][0-9]|3[01])(?:[-/. ](?:0?[1-9]|1[0-2])[-/. ]|[- .]{1,2}MONTH[,.]?[- ])"
    r"(?:19|20)?[0-9]{2}\b",
    "mdy": r"\b(?:(?:0?[1-9]|1[0-2])[-/. ]|MONTH[. ]{1,2})(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
    r"(?:[-/. ]|, ?)(?:19|20)?[0-9]{2}\b",
    "ymd": r"\b(?:19|20)[0-9]{2}[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12][0-9]|3[01])\b",
}
_MONTHS = (
    "(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)


class SitFile(NamedTuple):
    """A SIT, the file it came from and the examples in it."""

    sit: Sit
    path: str
    examples: ExamplesModel
    file: YamlFile


def read(folders: Sequence[Path]) -> list[SitFile]:
    """All SITs of `folders`, overlays applied, sorted by id; `RuleError` with every mistake found."""
    reader = _Reader()
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            reader.add(path, shown, is_shared=path.parent.name == "shared")
    return reader.finish()


def read_files(paths: Sequence[Path], around: Sequence[Path]) -> list[SitFile]:
    """The SITs of single files; shared elements and overlaid SITs come from the folders `around`."""
    reader = _Reader()
    own = {path.resolve() for path in paths}
    for folder in around:
        for path in sorted((folder / "shared").glob("*.yaml")):
            if path.resolve() in own:
                continue
            reader.add(path, f"{folder.name}/shared/{path.name}", is_shared=True)
    for path in paths:
        reader.add(path, str(path), is_shared=path.parent.name == "shared")
    return reader.finish(partial=True)


class _Reader:
    """Collects files, then resolves what refers to one another."""

    def __init__(self) -> None:
        self._shared: dict[str, tuple[SharedModel, YamlFile]] = {}
        self._functions: dict[str, str] = {}
        self._sits: dict[str, tuple[SitModel, YamlFile]] = {}
        self._overlays: list[tuple[OverlayModel, YamlFile]] = []
        self._problems: list[Problem] = []

    def add(self, path: Path, shown: str, is_shared: bool) -> None:
        from sitclassify import schema
        from sitclassify.yaml_file import YamlFile

        try:
            file = YamlFile(path, shown)
            if not isinstance(file.data, dict):
                raise file.error((), "not a mapping", "a SIT file begins with `id:`")
            if is_shared:
                shared = checked(schema.SharedModel, file)
                self._claim(shared.id, path, self._shared, file)
                self._shared[shared.id] = (shared, file)
                if shared.purview_function:
                    self._functions[shared.purview_function] = shared.id
            elif "extends" in file.data:
                self._overlays.append((checked(schema.OverlayModel, file), file))
            else:
                sit = checked(schema.SitModel, file)
                self._claim(sit.id, path, self._sits, file)
                self._sits[sit.id] = (sit, file)
        except RuleError as error:
            self._problems.extend(error.problems)

    def _claim(self, name: str, path: Path, taken: dict[str, Any], file: YamlFile) -> None:
        if name != path.stem:
            raise file.error(
                ("id",), f"id '{name}' is not the file name '{path.stem}'", "make them equal"
            )
        if name in taken:
            other = taken[name][1].path
            raise file.error(("id",), f"id '{name}' is also in {other}", "one SIT, one file")

    def finish(self, partial: bool = False) -> list[SitFile]:
        built: dict[str, SitFile] = {}
        for model, file in self._sits.values():
            try:
                built[model.id] = SitFile(self._sit(model, file), file.path, model.examples, file)
            except RuleError as error:
                self._problems.extend(error.problems)
        for overlay, file in self._overlays:
            try:
                base = built.get(overlay.extends) or _packaged_base(overlay, file, built)
                built[overlay.extends] = base._replace(sit=_overlaid(base.sit, overlay, file))
            except RuleError as error:
                self._problems.extend(error.problems)
        if not partial:
            self._check_members(built)
        if self._problems:
            raise RuleError(self._problems)
        return [built[key] for key in sorted(built)]

    def _check_members(self, built: dict[str, SitFile]) -> None:
        for item in built.values():
            for i, member in enumerate(item.sit.members):
                if member not in built:
                    what = f"unknown member '{member}'"
                    error = item.file.error(("members", i), what, nearest(member, built))
                    self._problems.extend(error.problems)

    def _sit(self, model: SitModel, file: YamlFile) -> Sit:
        _check_shape(model, file)
        primary = [self._element(model, "primary", n, file) for n in model.primary]
        for element in primary:
            _check_column(element, model, file)
        evidence = [self._element(model, "evidence", n, file) for n in model.evidence]
        tiers = [_tier(model, i, file) for i in range(len(model.tiers))]
        order = sorted(tiers, key=lambda tier: -tier.confidence)
        spots = model.placeholders
        return Sit(
            id=model.id,
            name=model.name,
            category=model.category,
            recommended_confidence=model.recommended_confidence,
            description=model.description,
            sources=tuple(model.sources),
            purview_guid=model.purview_guid,
            country=model.country,
            sensitivity=model.sensitivity,
            tags=tuple(model.tags),
            purview_recommended=model.purview_recommended,
            aliases={k: tuple(v) for k, v in model.aliases.items()},
            primary=tuple(primary),
            evidence=tuple(evidence),
            proximity=_proximity(model.proximity),
            tiers=tuple(order),
            placeholders=Placeholders(
                tuple(sorted({distinct(v) for v in spots.example})),
                *(
                    _expression(getattr(spots, name), ("placeholders", name), file)
                    for name in ("example_regex", "masked", "template")
                ),
            ),
            test_values=tuple(sorted({distinct(v) for v in model.test_values})),
            members=tuple(model.members),
            on_request=model.on_request,
        )

    def _element(self, model: SitModel, role: str, name: str, file: YamlFile) -> Element:
        own = getattr(model, role)[name]
        address: Address = (role, name)
        source, source_file, source_address = own, file, address
        if own.function in TEXT_FUNCTIONS:
            return Element(name=name, function=own.function)
        key = (
            own.ref.removeprefix("shared.") if own.ref else self._functions.get(own.function or "")
        )
        if own.ref or own.function:
            if key is None or key not in self._shared:
                asked = own.ref or own.function
                known = [f"shared.{k}" for k in self._shared] + list(self._functions)
                raise file.error(address, f"unknown element '{asked}'", nearest(asked, known))
            source, source_file = self._shared[key]
            source_address = ()
        filters = [f for f in (source.filters, own.filters, _sit_filters(model, role)) if f]
        element = Element(
            name=name,
            expressions=_expressions(source, source_file, source_address),
            words=tuple(source.words or ()),
            everyday=tuple(source.everyday or ()),
            substring=source.style == "substring",
            case_sensitive=source.case_sensitive,
            validator=own.validator
            or source.validator
            or ("calendar_date" if source.date else None),
            soft_validator=own.soft_validator or source.soft_validator,
            filters=_filters(filters, file, address),
            maximal=own.maximal and source.maximal,
            trigger=_expression(source.trigger, (*source_address, "trigger"), source_file),
            near=own.near,
            gate=_expression(source.gate, (*source_address, "gate"), source_file),
            column=_expression(own.column, (*address, "column"), file)
            or _expression(source.column, (*source_address, "column"), source_file),
            proximity=_proximity(own.proximity) if own.proximity else None,
        )
        _check_validators(element, file, address)
        _check_findable(element, role, file, address)
        if element.near and element.near not in model.evidence:
            what = f"near: unknown evidence '{element.near}'"
            raise file.error((*address, "near"), what, nearest(element.near, model.evidence))
        return element


def _check_shape(model: SitModel, file: YamlFile) -> None:
    if model.members:
        if model.primary or model.tiers:
            raise file.error(("members",), "a bundle has no primary and no tiers", "remove them")
        return
    if not model.primary:
        raise file.error((), f"SIT '{model.id}' has no primary", "add `primary:` with one element")
    if not model.tiers:
        raise file.error((), f"SIT '{model.id}' has no tiers", "add `tiers:`")
    for name in model.evidence:
        if name in model.primary:
            what = f"'{name}' is both primary and evidence"
            raise file.error(("evidence", name), what, "give one of them another name")
    for name, element in model.primary.items():
        if element.words is not None and element.near:
            raise file.error(("primary", name), "`near` is for a regex", "remove it")
    highest = max(tier.confidence for tier in model.tiers)
    if model.recommended_confidence > highest:
        what = f"recommended_confidence {model.recommended_confidence} is above every tier"
        raise file.error(("recommended_confidence",), what, f"the highest tier is {highest}")


def _check_column(element: Element, model: SitModel, file: YamlFile) -> None:
    """Cells of a column stand far from all other evidence: the header has to do."""
    if element.column is None:
        return
    name = element.name
    if element.trigger or element.near or element.gate or not element.expressions:
        what = "`column` goes with `regex` alone: the shape of a whole cell"
        raise file.error(("primary", name), what, "remove `trigger`, `near`, `gate` or `words`")
    for i, tier in enumerate(model.tiers):
        if name in tier.primary and (tier.all or tier.any or tier.none):
            what = f"'{name}' has the header of its column as evidence and no other"
            raise file.error(("tiers", i), what, "give it a tier without `all`, `any` and `none`")


def _tier(model: SitModel, index: int, file: YamlFile) -> Tier:
    from sitclassify.schema import GroupModel

    tier: TierModel = model.tiers[index]
    address: Address = ("tiers", index)
    for name in tier.primary:
        if name not in model.primary:
            remedy = nearest(name, model.primary)
            raise file.error((*address, "primary"), f"unknown primary '{name}'", remedy)
    groups: list[Group] = []
    if tier.any and isinstance(tier.any[0], GroupModel):
        for model_group in tier.any:
            assert isinstance(model_group, GroupModel)
            needs = _needs(model_group.of)
            groups.append(Group(needs, model_group.at_least, model_group.at_most))
    elif tier.any:
        least = 1 if tier.at_least is None else tier.at_least
        groups.append(Group(_needs(tier.any), least, tier.at_most))
    needs = _needs(tier.all)
    known = {**model.primary, **model.evidence}
    named = [n.element for n in needs] + [n.element for g in groups for n in g.of] + tier.none
    for name in named:
        if name not in known:
            raise file.error(address, f"unknown element '{name}'", nearest(name, known))
    for group in groups:
        if group.at_least > len(group.of):
            what = f"at_least {group.at_least} of {len(group.of)} elements"
            raise file.error(address, what, "no text can meet that; lower it")
        if group.at_most is not None and group.at_most < group.at_least:
            raise file.error(address, "at_most is below at_least", "swap them")
    return Tier(tier.confidence, tuple(tier.primary), needs, tuple(groups), tuple(tier.none))


def _needs(models: Iterable[Any]) -> tuple[Need, ...]:
    return tuple(Need(m.element, m.min_count, m.unique) for m in models)


def _proximity(value: int | str) -> int:
    return UNLIMITED if value == "unlimited" else int(value)


def _sit_filters(model: SitModel, role: str) -> FiltersModel | None:
    return model.filters if role == "primary" else None


def _expressions(model: ElementModel, file: YamlFile, address: Address) -> tuple[str, ...]:
    if model.date:
        return tuple(_DATES[o].replace("MONTH", _MONTHS).replace(" ", r"\ ") for o in model.date)
    if model.regex is None:
        return ()
    expression = _expression(model.regex, (*address, "regex"), file)
    assert expression is not None
    return (expression,)


def _expression(raw: str | None, address: Address, file: YamlFile) -> str | None:
    """`raw` made plain and tried out; None stays None."""
    if raw is None:
        return None
    import regex

    expression = plain(raw)
    try:
        compiled = regex.compile(expression)
    except regex.error as error:
        raise file.error(address, f"not a regular expression: {error}", "mend it") from None
    if compiled.fullmatch(""):
        raise file.error(address, "the expression matches nothing at all", "ask for a character")
    return expression


def _filters(models: Iterable[FiltersModel], file: YamlFile, address: Address) -> Filters:
    from sitclassify.schema import Pattern

    required: list[tuple[str, str]] = []
    forbidden: list[tuple[str, str]] = []
    excluded: set[str] = set()
    digits_equal = has_digit = False
    for model in models:
        digits_equal |= model.not_all_digits_equal
        has_digit |= model.has_digit
        for name, value in model:
            if value is None or isinstance(value, bool):
                continue
            if name == "exclude" and not isinstance(value, Pattern):
                excluded |= {distinct(v) for v in value}
                continue
            if isinstance(value, Pattern):
                body = _expression(value.regex, (*address, "filters", name), file)
            else:
                body = "|".join(escape(v) for v in value)
            place = name.removeprefix("not_")
            negative = name.startswith("not_") or name == "exclude"
            (forbidden if negative else required).append((place, f"(?i:{body})"))
    return Filters(
        tuple(required), tuple(forbidden), tuple(sorted(excluded)), digits_equal, has_digit
    )


_LOOK_AROUND = re.compile(r"(?<!\\)\(\?<?[=!]")
_BACK_REFERENCE = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\\g<|\(\?P=)")
_OPEN_END = re.compile(r"\{([0-9]*),([0-9]*)\}\)?$|[*+]\)?$")
_MAX_SPREAD = 64  # ends that Hyperscan may report for one start of an expression


def _check_findable(element: Element, role: str, file: YamlFile, address: Address) -> None:
    """Refuse what Hyperscan cannot find, or would report at every character."""
    for i, word in enumerate((*element.words, *element.everyday)):
        if not word.strip():
            raise file.error((*address, "words", i), "an empty word", "remove it")
    if not element.expressions and not element.words and not element.everyday:
        raise file.error(
            (*address, "words"), "an empty word list", "no text can hold it: write a word"
        )
    for expression in element.expressions:
        if _BACK_REFERENCE.search(expression):
            remedy = "write the alternatives out, or check the value by a validator"
            raise file.error((*address, "regex"), "Hyperscan has no back-references", remedy)
        if element.trigger or element.near or element.column:
            continue
        if _LOOK_AROUND.search(expression):
            remedy = (
                "give a `trigger` or `near`" if role == "primary" else "leave it out of evidence"
            )
            raise file.error(
                (*address, "regex"), "look-around needs to be tried from somewhere", remedy
            )
        end = _OPEN_END.search(expression)
        if end is not None and role == "primary" and _is_open(end):
            what = f"the expression ends in an open repeat '{end.group()}'"
            raise file.error((*address, "regex"), what, "end it with `\\b`, or give a `trigger`")


def _is_open(end: re.Match[str]) -> bool:
    least, most = end.group(1), end.group(2)
    if least is None:
        return True
    return most == "" or int(most) - int(least or 0) > _MAX_SPREAD


def _check_validators(element: Element, file: YamlFile, address: Address) -> None:
    from sitclassify import validators

    for name in ("validator", "soft_validator"):
        spec = getattr(element, name)
        if spec is None:
            continue
        try:
            validators.resolve(spec)
        except ValueError as error:
            what, _, remedy = str(error).partition(" - ")
            raise file.error((*address, name), what, remedy) from None


def _packaged_base(overlay: OverlayModel, file: YamlFile, built: Iterable[str]) -> SitFile:
    """The packaged SIT that an overlay in a folder of its own extends."""
    root = resources.folder("patterns")
    known = {p.stem: p for p in root.rglob("*.yaml") if p.parent.name != "shared"}
    if overlay.extends not in known:
        what = f"extends unknown SIT '{overlay.extends}'"
        raise file.error(("extends",), what, nearest(overlay.extends, [*built, *known]))
    return read_files([known[overlay.extends]], [root])[0]


def _overlaid(sit: Sit, overlay: OverlayModel, file: YamlFile) -> Sit:
    names = {element.name for element in sit.evidence}
    for field in ("words", "everyday"):
        for name in getattr(overlay, field):
            if name not in names:
                raise file.error((field, name), f"unknown evidence '{name}'", nearest(name, names))
    own = [f for f in (overlay.filters,) if f]
    added = _filters(own, file, ())
    primary = tuple(e._replace(filters=_joined(e.filters, added, overlay)) for e in sit.primary)
    evidence = tuple(
        e._replace(
            words=e.words + tuple(overlay.words.get(e.name, ())),
            everyday=e.everyday + tuple(overlay.everyday.get(e.name, ())),
        )
        for e in sit.evidence
    )
    shift = overlay.confidence_shift
    tiers = tuple(t._replace(confidence=min(100, max(1, t.confidence + shift))) for t in sit.tiers)
    spots, more = sit.placeholders, overlay.placeholders
    return sit._replace(
        primary=primary,
        evidence=evidence,
        tiers=tiers,
        recommended_confidence=overlay.recommended_confidence or sit.recommended_confidence,
        tags=sit.tags + tuple(overlay.tags),
        placeholders=Placeholders(
            spots.example + tuple(distinct(v) for v in more.example),
            *(
                _either(
                    getattr(spots, name),
                    _expression(getattr(more, name), ("placeholders", name), file),
                )
                for name in ("example_regex", "masked", "template")
            ),
        ),
        test_values=sit.test_values + tuple(distinct(v) for v in overlay.test_values),
    )


def _either(first: str | None, second: str | None) -> str | None:
    return f"(?:{first})|(?:{second})" if first and second else first or second


def _joined(mine: Filters, added: Filters, overlay: OverlayModel) -> Filters:
    return Filters(
        mine.required + added.required,
        mine.forbidden + added.forbidden,
        mine.excluded + added.excluded + tuple(distinct(v) for v in overlay.exclude),
        mine.not_all_digits_equal or added.not_all_digits_equal,
        mine.has_digit or added.has_digit,
    )
