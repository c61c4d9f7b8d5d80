"""The shape of a SIT file, checked by pydantic; `patterns/README.md` is its manual.

Imported only when YAML is read: a warm load needs neither pydantic nor YAML.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Confidence = Annotated[int, Field(ge=1, le=100)]
Proximity = Annotated[int, Field(ge=1)] | Literal["unlimited"]
Category = Literal[
    "financial", "government-id", "tax-id", "health", "credential", "named-entity",
    "network", "contact", "vehicle", "bundle", "other",
]  # fmt: skip


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[list[str], BeforeValidator(_as_list, json_schema_input_type=str | list[str])]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pattern(_Model):
    """`{regex: ...}` where a filter takes an expression instead of a list of strings."""

    regex: str


class FiltersModel(_Model):
    """Additional checks on a primary match."""

    starts_with: Names | Pattern | None = None
    not_starts_with: Names | Pattern | None = None
    ends_with: Names | Pattern | None = None
    not_ends_with: Names | Pattern | None = None
    prefix: Names | Pattern | None = None
    not_prefix: Names | Pattern | None = None
    suffix: Names | Pattern | None = None
    not_suffix: Names | Pattern | None = None
    only: Names | Pattern | None = None
    exclude: Names | Pattern | None = None
    not_all_digits_equal: bool = False
    has_digit: bool = False


class ElementModel(_Model):
    """One element: exactly one of regex, words/everyday, date, function, ref."""

    regex: str | None = None
    words: list[str] | None = None
    everyday: list[str] | None = None
    date: list[Literal["dmy", "mdy", "ymd"]] | None = None
    function: str | None = None
    ref: str | None = None
    style: Literal["word", "substring"] = "word"
    case_sensitive: bool = False
    validator: str | dict[str, Any] | list[Any] | None = None
    soft_validator: str | dict[str, Any] | list[Any] | None = None
    filters: FiltersModel | None = None
    maximal: bool = True
    trigger: str | None = None
    near: str | None = None
    gate: str | None = None
    column: str | None = None
    proximity: Proximity | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> ElementModel:
        kinds = [k for k in ("regex", "date", "function", "ref") if getattr(self, k) is not None]
        if self.words is not None or self.everyday is not None:
            kinds.append("words")
        if len(kinds) != 1:
            found = " and ".join(kinds) or "none"
            raise ValueError(
                f"an element is one of regex, words, date, function, ref; found {found}"
            )
        return self


class NeedModel(_Model):
    element: str
    min_count: Annotated[int, Field(ge=1)] = 1
    unique: bool = False


def _as_need(value: Any) -> Any:
    return {"element": value} if isinstance(value, str) else value


NeedField = Annotated[NeedModel, BeforeValidator(_as_need, json_schema_input_type=str | NeedModel)]


class GroupModel(_Model):
    of: list[NeedField]
    at_least: Annotated[int, Field(ge=0)] = 1
    at_most: Annotated[int, Field(ge=0)] | None = None


class TierModel(_Model):
    confidence: Confidence
    primary: Names
    all: list[NeedField] = []
    any: list[NeedField] | list[GroupModel] = []
    at_least: Annotated[int, Field(ge=0)] | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None
    none: Names = []


class PlaceholdersModel(_Model):
    example: list[str] = []
    example_regex: str | None = None
    masked: str | None = None
    template: str | None = None


class MatchModel(_Model):
    text: str
    span: str
    confidence: Confidence
    context: str | None = None
    tags: list[str] = []


class NoMatchModel(_Model):
    text: str
    why: str
    below: Confidence | None = None
    dismissed: Literal["example", "masked", "template"] | None = None
    context: str | None = None


class ExamplesModel(_Model):
    match: list[MatchModel] = []
    no_match: list[NoMatchModel] = []


class SitModel(_Model):
    """A SIT file."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: str
    purview_guid: (
        Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")] | None
    ) = None
    category: Category
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    sensitivity: Literal["high", "moderate", "low"] = "moderate"
    tags: list[str] = []
    recommended_confidence: Confidence = 75
    purview_recommended: Confidence | None = None
    description: str
    sources: list[str] = []
    aliases: dict[str, list[str]] = {}
    primary: dict[str, ElementModel] = {}
    evidence: dict[str, ElementModel] = {}
    filters: FiltersModel | None = None
    proximity: Proximity = 300
    tiers: list[TierModel] = []
    placeholders: PlaceholdersModel = PlaceholdersModel()
    test_values: list[str] = []
    members: list[str] = []
    on_request: bool = False
    examples: ExamplesModel = ExamplesModel()


class OverlayModel(_Model):
    """A file with `extends`: what it adds to a SIT."""

    extends: str
    words: dict[str, list[str]] = {}
    everyday: dict[str, list[str]] = {}
    exclude: list[str] = []
    filters: FiltersModel | None = None
    confidence_shift: int = 0
    recommended_confidence: Confidence | None = None
    tags: list[str] = []
    placeholders: PlaceholdersModel = PlaceholdersModel()
    test_values: list[str] = []
    examples: ExamplesModel = ExamplesModel()


class SharedExamplesModel(_Model):
    match: list[str] = []
    no_match: list[str] = []


class SharedModel(ElementModel):
    """A file of `patterns/shared/`: one element that several SITs use."""

    id: str
    description: str
    purview_function: str | None = None
    sources: list[str] = []
    examples: SharedExamplesModel = SharedExamplesModel()
