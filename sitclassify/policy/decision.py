"""What is asked of a policy, and what it decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sitclassify.errors import ConfigurationError
from sitclassify.results import Detection, ScanResult

if TYPE_CHECKING:
    from sitclassify.redaction import Redacted, Vault

UPLOAD, DOWNLOAD = "uploadText", "downloadText"  # a prompt, an answer: Purview's names
ACTIVITIES = frozenset({UPLOAD, DOWNLOAD, "uploadFile", "downloadFile"})
ROLES = frozenset({None, "system", "developer", "user", "assistant", "tool"})


@dataclass(frozen=True, slots=True)
class Context:
    """Who sends what where. `activity` is uploadText, downloadText, uploadFile or downloadFile.

    `role` is the message's; left out, it is `assistant` for what is downloaded and `user` otherwise.
    `can_redact` is False where the caller cannot pass on a changed text: redact then becomes what the rule says
    `otherwise`. `override` is True where the user was warned and goes on; some rules also want a `justification`.
    Raises `ConfigurationError` for another activity or role: no rule would be for it.
    """

    application: str | None = None
    user: str | None = None
    groups: tuple[str, ...] = ()
    activity: str = UPLOAD
    role: str | None = None
    tenant: str | None = None
    can_redact: bool = True
    override: bool = False
    justification: str | None = None

    def __post_init__(self) -> None:
        if self.activity not in ACTIVITIES:
            told = ", ".join(sorted(ACTIVITIES))
            raise ConfigurationError(f"activity is one of {told}, not {self.activity!r}")
        if self.role not in ROLES:
            told = ", ".join(sorted(filter(None, ROLES)))
            raise ConfigurationError(f"role is None or one of {told}, not {self.role!r}")
        groups: Any = self.groups
        if not isinstance(groups, tuple):
            told = type(groups).__name__
            raise ConfigurationError(f"groups is a tuple of names, not {told}")


class Counted(NamedTuple):
    """One part of a condition that held: a SIT and its values, or a classifier and its score."""

    subject: str
    said: str
    detections: tuple[Detection, ...] = ()


class Match(NamedTuple):
    """A rule that matched. `action` is what it asks for here; `mode` simulate asks for nothing yet.

    `is_overridden` where a user's override made `action` an audit.
    """

    policy: str
    rule: str
    action: str
    mode: str
    counted: tuple[Counted, ...]
    message: str | None = None
    is_overridden: bool = False

    @property
    def why(self) -> tuple[str, ...]:
        """What held, without values."""
        return tuple(f"{part.subject}: {part.said}" for part in self.counted)


class Outcome(NamedTuple):
    """What became of one rule: the action it asks for, or `no match` or `off`, and why."""

    policy: str
    rule: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with a text.

    action: allow, audit, warn, redact or block. matched: the rules that matched, the deciding one first.
    message: shown to the user; None where nothing is in the way. detections: what redact is to replace, each by
    its own of `methods`: that of the first redact rule that counted it; `method` is that of the first of all.
    simulated: what the action would be were the simulated rules enforced. can_override: whether the user may go
    on, with a justification where `needs_justification`.
    """

    action: str
    version: str
    matched: tuple[Match, ...] = ()
    message: str | None = None
    detections: tuple[Detection, ...] = ()
    method: str = "label"
    methods: tuple[str, ...] = ()
    simulated: str = "allow"
    can_override: bool = False
    needs_justification: bool = False
    is_overridden: bool = False

    @property
    def rule(self) -> Match | None:
        """The enforced rule that decided; None where none matched."""
        return next((match for match in self.matched if match.mode == "enforce"), None)

    def redact(
        self,
        result: ScanResult,
        *,
        key: bytes | None = None,
        vault: Vault | None = None,
        context: str | None = None,
    ) -> Redacted:
        """The text of the `result` that was decided about, with `detections` replaced.

        key: for rules that hash or encrypt. vault: of the conversation, for rules that write placeholders; left
        out, this text has one of its own. context: as it was given to `scan`. Raises as `ScanResult.redact`.
        """
        from sitclassify.redaction import PerDetection, method_of
        from sitclassify.redaction.methods import KEYED

        given = {name: {"key": key} for name in KEYED if key} | {"placeholder": {"vault": vault}}
        names = dict.fromkeys((*self.methods, self.method))
        made = {name: method_of(name, **given.get(name, {})) for name in names}
        each = [(d, made[name]) for d, name in zip(self.detections, self.methods, strict=True)]
        method = PerDetection(each, made[self.method])
        return result.redact(method, detections=self.detections, context=context)

    def to_dict(self) -> dict[str, Any]:
        """The decision as JSON types, without values."""
        return {
            "action": self.action,
            "message": self.message,
            "matched": [
                {"policy": m.policy, "rule": m.rule, "action": m.action, "mode": m.mode, "why": list(m.why)}
                for m in self.matched
            ],
            "detections": [
                {"sit": d.sit, "start": d.start, "end": d.end, "method": method}
                for d, method in zip(self.detections, self.methods, strict=True)
            ],
            "method": self.method,
            "simulated": self.simulated,
            "can_override": self.can_override,
            "needs_justification": self.needs_justification,
            "is_overridden": self.is_overridden,
            "version": self.version,
        }  # fmt: skip
