"""The shape of a policy, in YAML or in Python, checked by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sitclassify.policy.decision import Context

ACTIONS = ("allow", "audit", "warn", "redact", "block")  # each more restrictive than the one before
Action = Literal["allow", "audit", "warn", "redact", "block"]
Mode = Literal["off", "simulate", "enforce"]
Activity = Literal["uploadText", "downloadText", "uploadFile", "downloadFile"]
Role = Literal["system", "developer", "user", "assistant", "tool"]
_FROM = {"low": 1, "medium": 66, "high": 76}  # where a level begins and ends: Purview's bounds
_TO = {"low": 65, "medium": 75, "high": 100}


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _listed(kind: Any) -> BeforeValidator:
    return BeforeValidator(_as_list, json_schema_input_type=kind | list[kind])


Names = Annotated[list[str], _listed(str), Field(min_length=1)]
Percent = Annotated[int, Field(ge=1, le=100)]


def _level(bounds: dict[str, int]) -> BeforeValidator:
    def confidence(value: Any) -> Any:
        if isinstance(value, str) and value not in bounds and not value.isdecimal():
            raise ValueError("a confidence is 1 to 100, or low, medium or high")
        return bounds.get(value, value) if isinstance(value, str) else value

    kinds: Any = Percent | Literal["low", "medium", "high"]
    return BeforeValidator(confidence, json_schema_input_type=kinds)


def _true(value: Any) -> Any:
    if value is None or str(value).casefold() == "true":  # YAML comes as text
        return None if value is None else True
    raise ValueError("incomplete is true; its opposite is `not: {incomplete: true}`")


Least = Annotated[Percent, _level(_FROM)]
Most = Annotated[Percent, _level(_TO)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


_OF_KIND = {  # what goes with each kind of condition; nothing goes with the others
    "sits": {"min_count", "max_count", "count", "min_confidence", "max_confidence"},
    "classifier": {"level", "min_score"},
}


class Condition(_Model):
    """When a rule holds: exactly one of sits, classifier, incomplete, all, any, not."""

    sits: Names | None = Field(
        None,
        description="SITs by id, name, GUID, category:, country:, tag: or sensitivity:; `*` is every SIT "
        "that the text was scanned for.",
    )
    min_count: int = Field(1, ge=1, description="Distinct values at least.")
    max_count: int | None = Field(None, ge=1, description="Distinct values at most.")
    count: Literal["each", "total"] = Field(
        "each",
        description="Counted of each SIT, one of which must be in range, or of all together.",
    )
    min_confidence: Least | None = Field(
        None,
        description="1 to 100 or a level; left out: each SIT's recommended confidence. For `*` it never "
        "goes below that.",
    )
    max_confidence: Most = Field(100, description="1 to 100 or a level.")
    classifier: str | None = Field(None, description="Id of a trained classifier.")
    level: Literal["low", "medium", "high"] = Field(
        "medium", description="Lowest level of the classification."
    )
    min_score: float | None = Field(
        None, ge=0, le=1, description="Lowest score, in place of a level."
    )
    incomplete: Annotated[
        Literal[True] | None, BeforeValidator(_true, json_schema_input_type=Literal[True] | None)
    ] = Field(None, description="A part of the text could not be scanned; `not` for the opposite.")
    all: list[Condition] | None = Field(None, min_length=1)
    any: list[Condition] | None = Field(None, min_length=1)
    not_: Condition | None = Field(None, alias="not")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = ("sits", "classifier", "incomplete", "all", "any", "not_")
        found = [k.rstrip("_") for k in kinds if getattr(self, k) is not None]
        if len(found) != 1:
            told = " and ".join(found) or "none"
            raise ValueError(
                f"a condition is one of sits, classifier, incomplete, all, any, not; found {told}"
            )
        kind = found[0]
        foreign = self.model_fields_set - _OF_KIND.get(kind, set()) - {kind, f"{kind}_"}
        foreign = {name for name in foreign if getattr(self, name) is not None}
        if foreign:
            raise ValueError(f"{', '.join(sorted(foreign))} does not go with {kind}")
        return self

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        if self.max_count is not None and self.min_count > self.max_count:
            raise ValueError(f"min_count {self.min_count} is above max_count {self.max_count}")
        if self.min_confidence is not None and self.min_confidence > self.max_confidence:
            raise ValueError(
                f"min_confidence {self.min_confidence} is above max_confidence {self.max_confidence}"
            )
        if self.min_score is not None and "level" in self.model_fields_set:
            raise ValueError("min_score stands in place of level: give one of them")
        return self


class Scope(_Model):
    """Whom and what a rule is for. What is left out is not asked; `*` in a name stands for any characters."""

    applications: Names | None = None
    users: Names | None = None  # users or groups: one of them is enough
    groups: Names | None = None
    activities: Annotated[list[Activity], _listed(Activity), Field(min_length=1)] | None = None
    roles: Annotated[list[Role], _listed(Role), Field(min_length=1)] | None = None
    tenants: Names | None = None


class Rule(_Model):
    """A condition and what is done where it holds."""

    id: Identifier
    when: Condition | None = Field(None, description="Left out: always, within the scope.")
    action: Action
    priority: int = Field(0, description="Of rules with the same action the lowest number decides.")
    mode: Mode | None = Field(None, description="Left out: the policy's.")
    scope: Scope = Scope()
    exempt: Scope | None = Field(None, description="Who or what the rule is not for.")
    message: str | None = Field(None, description="Shown to the user; never holds values.")
    override: Literal["never", "allowed", "justified"] | None = Field(
        None, description="Whether a user may go on. Left out: allowed for warn, never for block."
    )
    otherwise: Literal["audit", "warn", "block"] = Field(
        "block", description="Done instead of redact where the caller cannot redact."
    )
    method: Literal["label", "mask", "remove", "hash", "fake", "encrypt", "placeholder"] = Field(
        "label", description="How redact replaces a value."
    )

    @model_validator(mode="after")
    def _override_fits(self) -> Self:
        if self.override is not None and self.action not in ("warn", "block"):
            raise ValueError(f"override is for warn and block, not for {self.action}")
        return self


class Situation(_Model):
    """The context of an example, as `Context` has it."""

    application: str | None = None
    user: str | None = None
    groups: Annotated[list[str], _listed(str)] = []
    activity: Activity = "uploadText"
    role: Role | None = None
    tenant: str | None = None
    can_redact: bool = True
    override: bool = False
    justification: str | None = None

    def context(self) -> Context:
        """What `Policies.evaluate` takes."""
        return Context(**{**self.model_dump(), "groups": tuple(self.groups)})


class Example(_Model):
    """A text and what the policy decides for it; run by `sitclassify policy test`."""

    text: str
    action: Action
    rules: list[str] | None = Field(None, description="Ids of exactly the rules that match.")
    context: Situation = Situation()


class Policy(_Model):
    """Rules in order of priority."""

    id: Identifier
    name: str = ""
    description: str = ""
    version: str | None = Field(None, description="Left out: a digest of the content.")
    mode: Mode = "enforce"
    scope: Scope = Scope()
    exempt: Scope | None = None
    test_values: Literal["count", "audit", "ignore"] = Field(
        "count",
        description="Published test values count as others do, or let a rule only audit, or count for nothing. "
        "With audit and ignore a `not` holds over them: a test value in a text switches no rule off.",
    )
    awaits: list[str] = Field([], description="SITs named here that the catalogue may lack yet.")
    sources: list[str] = []
    rules: list[Rule] = Field(min_length=1)
    examples: list[Example] = []

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        ids = [rule.id for rule in self.rules]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"two rules are called '{twice[0]}'")
        return self
