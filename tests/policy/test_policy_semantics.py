"""What a policy means: conditions, scope, modes, precedence, overrides, test values."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from toy_policies import BADGE, BUNDLE, CARD, Decide, policies_of
from toys import scanner_of

import sitclassify
from sitclassify import ConfigurationError, PolicyError, policy
from sitclassify.policy import ACTIONS, Context, Policy
from sitclassify.results import Classification, ScanResult
from sitclassify.scanner import Scanner

ONE = "card C1001"
TWO = "card C1001 and card C1002"
TWICE = "card C1001, and again C1001"
BARE = "C1001"  # confidence 65: below what is recommended
TEST = "card C4242"
FAR = "card C1001" + 40 * " and so on," + " badge B1001"  # each is near its own word only
CARDS: dict[str, Any] = {"sits": ["card"]}
BADGES: dict[str, Any] = {"sits": ["badge"]}
BOTH: dict[str, Any] = {"sits": ["both"]}


@pytest.mark.parametrize(
    ("text", "when", "holds"),
    [
        # counts are of distinct values
        (ONE, CARDS, True),
        ("nothing", CARDS, False),
        (ONE, CARDS | {"min_count": 2}, False),
        (TWO, CARDS | {"min_count": 2}, True),
        (TWICE, CARDS | {"min_count": 2}, False),
        (TWO, CARDS | {"max_count": 1}, False),
        (TWICE, CARDS | {"max_count": 1}, True),
        (TWO, CARDS | {"min_count": 2, "max_count": 2}, True),
        # each SIT alone, or all together; one value of two SITs is one value
        ("card C1001, badge B1001", {"sits": ["card", "badge"], "min_count": 2}, True),
        ("card C1001", {"sits": ["card", "badge"], "min_count": 2}, False),
        ("card C1001, B1001", {"sits": ["card", "badge"], "min_count": 2}, False),
        ("card C1001 badge B1001", CARDS | {"min_count": 2, "count": "total"}, False),
        (
            "card badge C1001",
            {"sits": ["card", "badge"], "min_count": 2, "count": "total"},
            False,
        ),
        (
            "card badge C1001 B1001",
            {"sits": ["card", "badge"], "min_count": 2, "count": "total"},
            True,
        ),
        (FAR, {"sits": ["card", "badge"], "min_count": 2}, False),
        (FAR, {"sits": ["card", "badge"], "min_count": 2, "count": "total"}, True),
        (FAR, {"sits": ["card", "badge"], "max_count": 1}, True),
        (FAR, {"sits": ["card", "badge"], "max_count": 1, "count": "total"}, False),
        # confidence: the recommended one, or a range, or levels
        (BARE, CARDS, False),
        (BARE, CARDS | {"min_confidence": 65}, True),
        (BARE, CARDS | {"min_confidence": "low"}, True),
        (BARE, CARDS | {"min_confidence": 66}, False),
        (ONE, CARDS | {"min_confidence": 65, "max_confidence": 75}, False),
        (BARE, CARDS | {"min_confidence": 1, "max_confidence": "low"}, True),
        (ONE, CARDS | {"min_confidence": "high"}, True),
        # names of every kind
        (ONE, {"sits": "Card"}, True),
        (ONE, {"sits": "CARD"}, True),
        (ONE, {"sits": "tag:pci"}, True),
        (ONE, {"sits": "tag:hr"}, False),
        (ONE, {"sits": "sensitivity:high"}, True),
        (ONE, {"sits": "sensitivity:low"}, False),
        (ONE, {"sits": "country:DE"}, True),
        (ONE, {"sits": "category:financial"}, True),
        (ONE, {"sits": "*"}, True),
        (BARE, {"sits": "*"}, False),
        (BARE, {"sits": "*", "min_confidence": "low"}, False),  # never below the recommended one
        # all, any, not, one in another
        (ONE, {"all": [CARDS, BADGES]}, False),
        ("card badge C1001", {"all": [CARDS, BADGES]}, True),
        (ONE, {"any": [CARDS, BADGES]}, True),
        ("nothing", {"any": [CARDS, BADGES]}, False),
        (ONE, {"not": CARDS}, False),
        ("nothing", {"not": CARDS}, True),
        (ONE, {"all": [CARDS, {"not": BADGES}]}, True),
        ("card badge C1001", {"all": [CARDS, {"not": BADGES}]}, False),
        (ONE, {"not": {"not": CARDS}}, True),
        ("nothing", {"not": {"not": CARDS}}, False),
        (ONE, {"not": {"any": [BADGES, {"not": CARDS}]}}, True),
        ("nothing", {"any": [{"not": CARDS}, BADGES]}, True),
        ("badge B1001", {"any": [{"all": [CARDS, BADGES]}, BADGES | {"min_count": 2}]}, False),
        ("badge B1, B1001 B1002", {"any": [{"all": [CARDS, BADGES]}, BADGES | {"min_count": 2}]}, True),
        ("nothing", None, True),
        # a text that was wholly scanned
        (ONE, {"incomplete": True}, False),
        (ONE, {"not": {"incomplete": True}}, True),
    ],
)  # fmt: skip
def test_conditions(decide: Decide, text: str, when: Any, holds: bool) -> None:
    decision = decide(text, {"when": when, "action": "block"})
    assert decision.action == ("block" if holds else "allow")
    assert [m.rule for m in decision.matched] == (["rule-0"] if holds else [])


def test_a_part_that_was_not_scanned(scanner: Scanner) -> None:
    policies = policies_of({"when": {"incomplete": True}, "action": "block"})
    skipped = scanner.scan_conversation([{"role": "user", "content": [{"type": "image_url"}]}])[0]
    assert skipped.skipped
    assert policies.evaluate(skipped).action == "block"


@pytest.mark.parametrize(
    ("asked", "score", "level", "holds"),
    [
        ({}, 0.9, "high", True),
        ({}, 0.6, "medium", True),
        ({}, 0.4, "low", False),
        ({"level": "low"}, 0.4, "low", True),
        ({"level": "high"}, 0.6, "medium", False),
        ({"min_score": 0.4}, 0.4, "low", True),
        ({"min_score": 0.41}, 0.4, "low", False),
        ({"min_score": 0.0}, None, None, False),  # under the minimum of words: not judged
    ],
)
def test_classifiers(
    scanner: Scanner, asked: dict[str, Any], score: float | None, level: str | None, holds: bool
) -> None:
    about = scanner.scan("x").about._replace(models={"threat": "1"})
    result = ScanResult("x", about, classifications=(Classification("threat", score, level, 0, 1),))
    policies = policies_of({"when": {"classifier": "threat"} | asked, "action": "block"})
    assert policies.evaluate(result).action == ("block" if holds else "allow")


def test_a_real_classifier_is_loaded_and_asked(scanner: Scanner) -> None:
    policies = policies_of({"when": {"classifier": "medical-record"}, "action": "warn"})
    with pytest.raises(PolicyError, match="scanned without classifier 'medical-record'"):
        policies.evaluate(scanner.scan("x"))
    ward = scanner_of(CARD, policies=policies)
    note = (
        "The patient is a 54-year-old male with a history of hypertension who presents with chest pain. "
        "He denies fever or chills. Lungs are clear to auscultation bilaterally."
    )
    assert policies.evaluate(ward.scan(note)).action == "warn"
    assert policies.evaluate(ward.scan("Where can I park near the museum on Sunday?")).action == "allow"  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "context", "holds"),
    [
        ({}, {}, True),
        ({"applications": "chat"}, {"application": "chat"}, True),
        ({"applications": "Chat"}, {"application": "CHAT"}, True),
        ({"applications": "chat"}, {"application": "chat2"}, False),
        ({"applications": "chat"}, {}, False),
        ({"applications": "*"}, {}, False),  # nobody is no application
        ({"applications": ["a", "chat-*"]}, {"application": "chat-7"}, True),
        ({"applications": ["a", "chat-*"]}, {"application": "a7"}, False),
        ({"applications": "a.c"}, {"application": "abc"}, False),  # no expression
        ({"users": "ada"}, {"user": "ada"}, True),
        ({"users": "ada"}, {"user": "bob"}, False),
        ({"groups": "hr"}, {"groups": ("it", "HR")}, True),
        ({"groups": "hr"}, {"user": "hr"}, False),
        ({"users": "ada", "groups": "hr"}, {"user": "bob", "groups": ("hr",)}, True),  # one is enough
        ({"users": "ada", "groups": "hr"}, {"user": "bob"}, False),
        ({"tenants": "t1"}, {"tenant": "t1"}, True),
        ({"tenants": "t1"}, {"tenant": "t2"}, False),
        ({"activities": "uploadText"}, {}, True),
        ({"activities": "downloadText"}, {}, False),
        ({"activities": ["downloadText", "uploadFile"]}, {"activity": "uploadFile"}, True),
        ({"roles": "user"}, {}, True),
        ({"roles": "assistant"}, {"activity": "downloadText"}, True),
        ({"roles": "user"}, {"activity": "downloadText"}, False),
        ({"roles": ["tool", "system"]}, {"role": "tool"}, True),
        ({"applications": "chat", "users": "ada"}, {"application": "chat"}, False),  # all that is asked
        ({"applications": "chat", "users": "ada"}, {"application": "chat", "user": "ada"}, True),
    ],
)  # fmt: skip
def test_scope(decide: Decide, scope: Any, context: dict[str, Any], holds: bool) -> None:
    expected = "block" if holds else "allow"
    rule: dict[str, Any] = {"when": CARDS, "action": "block"}
    assert decide(ONE, rule | {"scope": scope}, **context).action == expected
    assert decide(ONE, rule, of={"scope": scope}, **context).action == expected
    if scope:  # the same as an exemption is the opposite
        other = "allow" if holds else "block"
        assert decide(ONE, rule | {"exempt": scope}, **context).action == other
        assert decide(ONE, rule, of={"exempt": scope}, **context).action == other


def test_both_scopes_are_asked(decide: Decide) -> None:
    rule = {"when": CARDS, "action": "block", "scope": {"users": "ada"}}
    of = {"scope": {"applications": "chat"}}
    assert decide(ONE, rule, of=of, user="ada").action == "allow"
    assert decide(ONE, rule, of=of, user="ada", application="chat").action == "block"


def test_either_exemption_is_enough(decide: Decide) -> None:
    rule = {"when": CARDS, "action": "block", "exempt": {"users": "ada"}}
    of = {"exempt": {"groups": "red-team"}}
    assert decide(ONE, rule, of=of).action == "block"
    assert decide(ONE, rule, of=of, user="ada").action == "allow"
    assert decide(ONE, rule, of=of, groups=("red-team",)).action == "allow"


@pytest.mark.parametrize("first", ACTIONS)
@pytest.mark.parametrize("second", ACTIONS)
def test_the_most_restrictive_action_wins(decide: Decide, first: str, second: str) -> None:
    """Whatever the order and the priority."""
    decision = decide(
        ONE,
        {"when": CARDS, "action": first, "priority": 9},
        {"when": CARDS, "action": second, "priority": 1},
    )
    assert decision.action == max(first, second, key=ACTIONS.index)
    assert decision.rule is not None
    assert decision.rule.action == decision.action
    assert len(decision.matched) == 2


@pytest.mark.parametrize(
    ("priorities", "decides"),
    [((0, 0), "rule-0"), ((2, 1), "rule-1"), ((1, 2), "rule-0"), ((0, -1), "rule-1")],
)
def test_priority_breaks_ties(decide: Decide, priorities: tuple[int, int], decides: str) -> None:
    rules = [
        {"when": CARDS, "action": "block", "priority": p, "message": f"by {i}"}
        for i, p in enumerate(priorities)
    ]
    decision = decide(ONE, *rules)
    assert decision.rule is not None
    assert decision.rule.rule == decides
    assert decision.message == f"by {decides[-1]}"


def test_priority_breaks_ties_between_policies(scanner: Scanner) -> None:
    def one(name: str, priority: int) -> Policy:
        rule = {"id": "r", "when": CARDS, "action": "warn", "priority": priority}
        return Policy.model_validate({"id": name, "rules": [rule]})

    decision = policy.load([one("late", 2), one("early", 1)]).evaluate(scanner.scan(ONE))
    assert [m.policy for m in decision.matched] == ["early", "late"]


@pytest.mark.parametrize(
    ("of_policy", "of_rule", "action", "simulated", "count"),
    [
        ("enforce", None, "block", "block", 1),
        ("simulate", None, "allow", "block", 1),
        ("off", None, "allow", "allow", 0),
        ("enforce", "simulate", "allow", "block", 1),
        ("enforce", "off", "allow", "allow", 0),
        ("off", "enforce", "block", "block", 1),
        ("simulate", "enforce", "block", "block", 1),
    ],
)
def test_modes(
    decide: Decide, of_policy: str, of_rule: str | None, action: str, simulated: str, count: int
) -> None:
    rule = {"when": CARDS, "action": "block", "mode": of_rule}
    decision = decide(ONE, rule, of={"mode": of_policy})
    assert (decision.action, decision.simulated, len(decision.matched)) == (
        action,
        simulated,
        count,
    )
    assert (decision.message is None) == (action == "allow")


def test_a_simulated_rule_redacts_and_says_nothing(decide: Decide) -> None:
    decision = decide(
        ONE,
        {"when": CARDS, "action": "redact", "mode": "simulate"},
        {"when": CARDS, "action": "audit"},
    )
    assert (decision.action, decision.detections, decision.message) == ("audit", (), None)
    assert decision.rule is not None
    assert decision.rule.rule == "rule-1"
    assert decision.simulated == "redact"


@pytest.mark.parametrize(
    ("rule", "context", "action", "can", "needs", "is_overridden"),
    [
        ({"action": "warn"}, {}, "warn", True, False, False),
        ({"action": "warn"}, {"override": True}, "audit", False, False, True),
        ({"action": "warn", "override": "never"}, {"override": True}, "warn", False, False, False),
        ({"action": "warn", "override": "justified"}, {}, "warn", True, True, False),
        ({"action": "warn", "override": "justified"}, {"override": True}, "warn", True, True, False),
        (
            {"action": "warn", "override": "justified"},
            {"override": True, "justification": "for the audit"},
            "audit", False, False, True,
        ),
        ({"action": "warn"}, {"justification": "said, but not overridden"}, "warn", True, False, False),
        ({"action": "block"}, {}, "block", False, False, False),
        ({"action": "block"}, {"override": True, "justification": "x"}, "block", False, False, False),
        ({"action": "block", "override": "allowed"}, {}, "block", True, False, False),
        ({"action": "block", "override": "allowed"}, {"override": True}, "audit", False, False, True),
        (
            {"action": "block", "override": "justified"},
            {"override": True, "justification": ""}, "block", True, True, False,
        ),
        ({"action": "redact"}, {"override": True}, "redact", False, False, False),
        # redact where the caller cannot redact
        ({"action": "redact"}, {"can_redact": False}, "block", False, False, False),
        ({"action": "redact", "otherwise": "audit"}, {"can_redact": False}, "audit", False, False, False),
        ({"action": "redact", "otherwise": "warn"}, {"can_redact": False}, "warn", True, False, False),
        (
            {"action": "redact", "otherwise": "warn"},
            {"can_redact": False, "override": True}, "audit", False, False, True,
        ),
        ({"action": "redact"}, {"can_redact": False, "override": True}, "block", False, False, False),
    ],
)  # fmt: skip
def test_overrides(
    decide: Decide,
    rule: Any,
    context: Any,
    action: str,
    can: bool,
    needs: bool,
    is_overridden: bool,
) -> None:
    decision = decide(ONE, {"when": CARDS} | rule, **context)
    assert decision.action == action
    assert (decision.can_override, decision.needs_justification) == (can, needs)
    assert decision.is_overridden == is_overridden


def test_one_rule_that_cannot_be_overridden_is_enough(decide: Decide) -> None:
    rules = (
        {"when": CARDS, "action": "block", "override": "justified"},
        {"when": BADGES, "action": "warn", "override": "never"},
    )
    assert decide("card badge C1001", *rules).can_override is False
    over = decide("card badge C1001", *rules, override=True, justification="x")
    assert (over.action, over.can_override, over.is_overridden) == ("warn", False, True)


@pytest.mark.parametrize(
    ("kind", "text", "action"),
    [
        ("count", TEST, "block"),
        ("audit", TEST, "audit"),
        ("ignore", TEST, "allow"),
        ("count", ONE, "block"),
        ("audit", ONE, "block"),
        ("ignore", ONE, "block"),
        ("audit", f"{ONE} {TEST}", "block"),
        ("ignore", f"{ONE} {TEST}", "block"),
    ],
)
def test_test_values(decide: Decide, kind: str, text: str, action: str) -> None:
    rule = {"when": CARDS, "action": "block"}
    assert decide(text, rule, of={"test_values": kind}).action == action


def test_test_values_do_not_fill_up_a_count(decide: Decide) -> None:
    rules = (
        {"when": CARDS | {"max_count": 1}, "action": "warn"},
        {"when": CARDS | {"min_count": 2}, "action": "block"},
    )
    decision = decide(f"{ONE} {TEST}", *rules, of={"test_values": "audit"})
    assert [(m.rule, m.action) for m in decision.matched] == [("rule-0", "warn"), ("rule-1", "audit")]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "action"), [("count", "allow"), ("audit", "block"), ("ignore", "block")]
)
def test_a_test_value_switches_no_rule_off(decide: Decide, kind: str, action: str) -> None:
    """Who adds a published number to a text gets nothing past a `not`."""
    rule = {"when": {"not": CARDS}, "action": "block"}
    assert decide(TEST, rule, of={"test_values": kind}).action == action
    assert decide("nothing", rule, of={"test_values": kind}).action == "block"
    assert decide(f"{ONE} {TEST}", rule, of={"test_values": kind}).action == "allow"


def test_a_test_value_is_no_override(decide: Decide) -> None:
    rule = {"when": CARDS, "action": "warn"}
    decision = decide(TEST, rule, of={"test_values": "audit"}, override=True)
    assert (decision.action, decision.is_overridden) == ("audit", False)


def test_what_is_redacted(decide: Decide, scanner: Scanner) -> None:
    """The detections that redact rules counted, and no others; each once."""
    text = "card C1001, badge B2002"
    rules = (
        {"when": {"any": [CARDS, CARDS | {"min_confidence": 65}]}, "action": "redact", "method": "mask"},
        {"when": BADGES, "action": "audit"},
    )  # fmt: skip
    decision = decide(text, *rules)
    assert [(d.sit, text[d.start : d.end]) for d in decision.detections] == [("card", "C1001")]
    assert decision.method == "mask"
    assert decision.redact(scanner.scan(text)).text == "card *****, badge B2002"


def test_each_value_is_redacted_as_the_first_rule_that_counts_it_says(
    decide: Decide, scanner: Scanner
) -> None:
    text = "card C1001" + 40 * " and so on," + " badge B1001, C1002"
    rules = (
        {
            "when": CARDS | {"min_confidence": 1},
            "action": "redact",
            "method": "remove",
            "priority": 2,
        },
        {
            "when": CARDS | {"min_confidence": "high"},
            "action": "redact",
            "method": "mask",
            "priority": 1,
        },
        {"when": BADGES | {"min_confidence": 1}, "action": "redact", "method": "hash"},
    )
    decision = decide(text, *rules)
    ways = [
        (d.sit, text[d.start : d.end], way)
        for d, way in zip(decision.detections, decision.methods, strict=True)
    ]
    assert ways == [
        ("badge", "C1001", "hash"), ("card", "C1001", "mask"), ("badge", "B1001", "hash"),
        ("badge", "C1002", "hash"), ("card", "C1002", "remove"),
    ]  # fmt: skip
    assert [row["method"] for row in decision.to_dict()["detections"]] == [way for *_, way in ways]
    told = decision.redact(scanner.scan(text), key=b"key").text
    assert told.startswith("card ***** and") and "badge <BADGE:" in told and "100" not in told
    with pytest.raises(ConfigurationError, match=r"'hash': .*key"):
        decision.redact(scanner.scan(text))


def test_what_is_shown_holds_no_value(decide: Decide) -> None:
    decision = decide(ONE, {"when": CARDS, "action": "block"})
    assert decision.message == "This text was blocked: it contains Card."
    assert decision.rule is not None
    assert decision.rule.why == ("card: 1 distinct, asked 1 or more",)
    assert "C1001" not in f"{decision!r} {decision.to_dict()}"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"activity": "uploadtext"}, "activity is one of"),
        ({"role": "User"}, "role is None or one of"),
        ({"groups": "hr"}, "groups is a tuple"),
    ],
)
def test_a_context_that_no_rule_is_for(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        Context(**wrong)


@pytest.mark.parametrize(
    ("arguments", "when", "lacks"),
    [
        ({"sits": "badge"}, CARDS, "SIT 'card'"),
        ({"sits": "badge"}, {"not": CARDS}, "SIT 'card'"),
        ({"sits": "badge"}, {"all": [BADGES, {"any": [BADGES, CARDS]}]}, "SIT 'card'"),
        ({"sits": ["card", "badge"]}, {"sits": "tag:pci"}, "all of 'tag:pci'"),
        ({"min_confidence": 75}, CARDS | {"min_confidence": 65}, "'card' from confidence 65 on"),
        ({"min_confidence": 90}, CARDS, "'card' from confidence 75 on"),
        ({"sits": "both", "min_confidence": 75}, BOTH | {"min_confidence": 65}, "'card' of 'both' from confidence 65"),
        ({"sits": "both", "min_confidence": {"badge": 90}}, BOTH, "'badge' of 'both' from confidence 75"),
        ({"sits": "both"}, CARDS, "SIT 'card'"),
        ({}, {"classifier": "threat"}, "classifier 'threat'"),
    ],
)  # fmt: skip
def test_a_result_scanned_without_what_is_needed(arguments: Any, when: Any, lacks: str) -> None:
    """Also where the text has nothing in it, and where another rule would decide."""
    policies = policies_of({"action": "block"}, {"when": when, "action": "audit"})
    result = scanner_of(CARD, BADGE, BUNDLE, **arguments).scan("nothing")
    with pytest.raises(
        PolicyError, match=f"policy 'test', rule 'rule-1': .* scanned without {lacks}"
    ):
        policies.evaluate(result)


@pytest.mark.parametrize(
    ("asked", "when"),
    [
        ("badge", CARDS),
        ("badge", CARDS | {"min_confidence": 65}),
        ("badge", {"sits": "tag:pci"}),
        ((), {"all": [{"not": BADGES}, CARDS | {"min_confidence": "low"}]}),
        ("badge", BOTH),
        ((), BOTH | {"min_confidence": "low"}),
    ],
)
def test_load_brings_what_policies_need(asked: Any, when: Any) -> None:
    policies = policies_of({"when": when, "action": "block"})
    loaded = scanner_of(CARD, BADGE, BUNDLE, sits=asked, min_confidence=90, policies=policies)
    assert policies.evaluate(loaded.scan(BARE if "min_confidence" in str(when) else ONE)).action == "block"  # fmt: skip


def test_a_result_without_its_text(scanner: Scanner) -> None:
    policies = policies_of({"when": CARDS, "action": "block"})
    result = pickle.loads(pickle.dumps(scanner.scan(ONE)))
    with pytest.raises(PolicyError, match="SIT 'card'"):
        policies.evaluate(result)


def test_policies_are_picklable_and_keep_their_version(scanner: Scanner) -> None:
    policies = policy.load(["default", "pci-dss"])
    again = pickle.loads(pickle.dumps(policies))
    assert again.version == policies.version
    assert again.version.startswith("default@")


def test_a_name_awaited_by_another_policy_is_told_from_the_cache(tmp_path: Any) -> None:
    """The cache entry of the policy that awaits a SIT is also that of the one that does not."""
    rules = [{"id": "r", "when": {"sits": ["card", "to-come"]}, "action": "block"}]
    waits = Policy.model_validate({"id": "p", "rules": rules, "awaits": ["to-come"]})
    with pytest.warns(sitclassify.PolicyWarning, match="to-come"):
        scanner_of(CARD, policies=waits, cache=tmp_path)
    assert list(tmp_path.glob("*.sits"))
    with pytest.raises(PolicyError, match="unknown SIT 'to-come'"):
        scanner_of(CARD, policies=waits.model_copy(update={"awaits": []}), cache=tmp_path)


def test_what_became_of_every_rule(scanner: Scanner) -> None:
    policies = policies_of(
        {"when": CARDS, "action": "warn"},
        {"when": CARDS, "action": "block", "mode": "simulate"},
        {"when": CARDS, "action": "block", "mode": "off"},
        {"when": CARDS, "action": "block", "scope": {"users": "bob"}},
        {"when": CARDS, "action": "block", "exempt": {"users": "ada"}},
        {"when": BADGES, "action": "block"},
        {"action": "audit"},
    )
    outcomes = policies.explain(scanner.scan(ONE), Context(user="ada", override=True))
    assert [(o.outcome, o.why) for o in outcomes] == [
        ("audit, overridden", "card: 1 distinct, asked 1 or more"),
        ("simulated block", "card: 1 distinct, asked 1 or more"),
        ("off", "its mode is off"),
        ("no match", "out of scope"),
        ("no match", "exempt"),
        ("no match", "its condition does not hold"),
        ("audit", "it always holds"),
    ]
    assert {o.policy for o in outcomes} == {"test"}
    assert [o.rule for o in outcomes] == [f"rule-{i}" for i in range(7)]
