"""From graded candidates to detections: overlap within a SIT, bundles, what was allowed, precedence across SITs."""

from __future__ import annotations

import hashlib
import hmac
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

from sitclassify.judgement import Finding
from sitclassify.results import MEDIUM, Detection, Dismissed
from sitclassify.rules import Sit, distinct

# Where all else is alike ("passport 533380006"), a number is of the country that more people write from: a guess of
# ours, English-speaking countries first, then by their Internet users.
_PRIOR = (
    "US", "IN", "GB", "CA", "AU", "CN", "BR", "JP", "MX", "DE", "FR", "IT", "ES", "KR", "PH", "NG", "ZA", "IE", "NZ",
    "SG", "NL", "AR", "CO", "PL", "TR", "ID", "RU", "UA", "SE", "CH", "BE", "AT", "PT",
)  # fmt: skip
_FAR = 1_000  # characters an evidence across a line, clause or cell counts as farther than one beside it
_BREAKS = "\n,;|\t"


class Selection:
    """What of the findings is reported, under which ids."""

    def __init__(
        self,
        ids: Sequence[str],
        bundles: Mapping[str, Iterable[str]],
        hidden: Iterable[str],
        is_allowed: Callable[[str, str], bool] | None,
        digest_key: bytes | None,
        sits: Mapping[str, Sit],
    ) -> None:
        self._ids = ids
        self._sits = sits
        bundles_of: dict[str, list[str]] = {}
        for bundle, members in bundles.items():
            for member in members:
                bundles_of.setdefault(member, []).append(bundle)
        only_in_bundle = frozenset(hidden)
        # Per SIT: the ids that its findings are reported under, in this order.
        self._told_as = [
            (*bundles_of.get(own, ()), *(() if own in only_in_bundle else (own,))) for own in ids
        ]
        self._is_allowed = is_allowed
        self._key = digest_key

    def select(
        self, findings: Iterable[Finding], text: str, base: int
    ) -> tuple[tuple[Detection, ...], tuple[Dismissed, ...]]:
        """Detections and dismissed values of `text`, which begins at `base` of the text the findings are of."""
        by_id: dict[str, list[Finding]] = {}
        dismissed: dict[Dismissed, None] = {}
        for finding in findings:
            if finding.start < base:
                continue
            reason = finding.reason
            if self._is_allowed is not None and not reason:
                value = text[finding.start - base : finding.end - base]
                reason = "allowed" if self._is_allowed(self._ids[finding.sit], value) else None
            for sit in self._told_as[finding.sit]:
                if reason:
                    dismissed[Dismissed(sit, finding.start - base, finding.end - base, reason)] = (
                        None
                    )
                else:
                    by_id.setdefault(sit, []).append(finding)
        kept = [(sit, f) for sit, found in by_id.items() for f in apart(found)]
        ranks = self._ranks([f for _, f in kept], text, base) if len(kept) > 1 else {}
        detections = [self._detection(sit, f, text, base, ranks.get(id(f), ())) for sit, f in kept]
        if len(detections) > 1:
            detections.sort(key=_order)
        return tuple(detections), tuple(sorted(dismissed, key=_dismissed_order))

    def _ranks(self, findings: list[Finding], text: str, base: int) -> dict[int, tuple[int, ...]]:
        """Precedence across SITs of the findings that overlap another one, by identity; more is stronger.

        The more specific word ("Egypt tax number" around "tax number"), then a checksum or a form that needs no word
        to be sure (a token with its own prefix), direct label, nearest evidence, the more common country.
        """
        ranks: dict[int, tuple[int, ...]] = {}
        for crowd in _crowds(findings):
            nearest = [_nearest(f, text, base) for f in crowd]
            for finding, (distance, span) in zip(crowd, nearest, strict=True):
                is_outdone = any(_contains(other, span) for _, other in nearest)
                is_sure = not finding.evidence and finding.confidence > MEDIUM
                checks = int(finding.has_checksum or is_sure), int(finding.is_labelled)
                prior = self._prior(finding.sit)
                ranks[id(finding)] = (-int(is_outdone), *checks, -distance, prior)
        return ranks

    def _prior(self, sit: int) -> int:
        country = self._sits[self._ids[sit]].country
        return -_PRIOR.index(country) if country in _PRIOR else -len(_PRIOR)

    def _detection(
        self, sit: str, finding: Finding, text: str, base: int, rank: tuple[int, ...]
    ) -> Detection:
        start, end = finding.start - base, finding.end - base
        evidence = finding.evidence
        if base:  # evidence in the context is told at offsets before the text: negative
            evidence = tuple(e._replace(start=e.start - base, end=e.end - base) for e in evidence)
        digest = None
        if self._key is not None:
            value = distinct(text[start:end]).encode()
            digest = hmac.new(self._key, value, hashlib.sha256).hexdigest()
        return Detection(sit, start, end, finding.confidence, evidence, finding.tags, digest, rank)


def apart(findings: list[Finding]) -> list[Finding]:
    """Within one SIT: greedily by confidence, length, leftmost, without overlap (contract, rule 1)."""
    if len(findings) == 1:
        return findings
    starts: list[int] = []
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-f.confidence, f.start - f.end, f.start)):
        i = bisect_left(starts, finding.start)
        if i < len(kept) and kept[i].start < finding.end:
            continue
        if i > 0 and kept[i - 1].end > finding.start:
            continue
        starts.insert(i, finding.start)
        kept.insert(i, finding)
    return kept


def _crowds(findings: list[Finding]) -> list[list[Finding]]:
    """The findings that overlap one another, a list for each place where there are several."""
    crowds: list[list[Finding]] = [[]]
    end = -1
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.start >= end:
            crowds.append([])
        crowds[-1].append(finding)
        end = max(end, finding.end)
    return [crowd for crowd in crowds if len(crowd) > 1]


def _nearest(finding: Finding, text: str, base: int) -> tuple[int, tuple[int, int]]:
    """Distance and span of a finding's nearest evidence."""
    return min(
        ((_distance(e.start, e.end, finding, text, base), e[1:]) for e in finding.evidence),
        default=(1 << 40, (0, 0)),
    )


def _contains(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] < inner[1] <= outer[1]


def _distance(start: int, end: int, finding: Finding, text: str, base: int) -> int:
    low, high = (end, finding.start) if end <= finding.start else (finding.end, start)
    between = text[max(0, low - base) : max(0, high - base)]
    return high - low + (_FAR if any(c in between for c in _BREAKS) else 0)


def _order(detection: Detection) -> tuple[int, int, str]:
    return detection.start, detection.end, detection.sit


def _dismissed_order(dismissed: Dismissed) -> tuple[int, int, str, str]:
    return dismissed.start, dismissed.end, dismissed.sit, dismissed.reason
