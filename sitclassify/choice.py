"""Which SITs a scanner loads, and from which confidence on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sitclassify.errors import ConfigurationError, UnknownSitError
from sitclassify.rules import Sit

Confidence = int | str | Mapping[str, int] | None
RECOMMENDED = 0  # stands for a SIT's recommended confidence


class Loaded(NamedTuple):
    """The chosen SITs, bundles among them, tiers cut; `hidden` ones are loaded for a bundle only."""

    sits: tuple[Sit, ...]
    hidden: frozenset[str]


class Needs(NamedTuple):
    """What policies need of a scanner: names of SITs, and the confidences from which on rules count each.

    `RECOMMENDED` is the SIT's recommended one. Names in `awaited` may be of SITs that do not exist yet.
    """

    confidences: Mapping[str, tuple[int, ...]] = {}
    classifiers: frozenset[str] = frozenset()
    awaited: frozenset[str] = frozenset()

    def find(self, catalogue: Iterable[Sit]) -> dict[str, set[str]]:
        """The ids behind each name; `UnknownSitError` for one that is unknown and not awaited."""
        known = list(catalogue)
        ids = {sit.id for sit in known}
        gone = self.awaited - ids
        return {name: resolve(known, name) for name in self.confidences if name not in gone}

    def table(self) -> list[list[object]]:
        """The SITs and confidences as JSON types, in order."""
        return [[name, *asked] for name, asked in sorted(self.confidences.items())]


NOTHING = Needs()


def choose(
    catalogue: Sequence[Sit],
    asked: Sequence[str] | None,
    confidence: Confidence,
    needs: Needs = NOTHING,
    also: Iterable[str] = (),
) -> Loaded:
    """The SITs that `asked` names and `needs`, at their wanted confidence.

    None asks for all but bundles and those on request only, and for those whose ids are in `also`.
    """
    by_id = {sit.id: sit for sit in catalogue}
    if asked is None:
        named = {sit.id for sit in catalogue if not (sit.is_bundle or sit.on_request)}
        named |= by_id.keys() & set(also)
    else:
        named = set().union(*(resolve(catalogue, name) for name in asked))
    found = needs.find(catalogue)
    lowest = _lowest(found, by_id, needs)
    named = named.union(*found.values())
    members = {m for name in named for m in by_id[name].members}
    wanted = _wanted(catalogue, confidence)
    chosen = tuple(
        sit if sit.is_bundle else sit.at_least(min(wanted(sit), lowest.get(sit.id, 100)))
        for sit in catalogue
        if sit.id in named | members
    )
    return Loaded(chosen, frozenset(members - named))


def _lowest(
    found: Mapping[str, set[str]], by_id: Mapping[str, Sit], needs: Needs
) -> dict[str, int]:
    """The lowest confidence that some policy counts, per SIT; members of a bundle at the bundle's."""
    lowest: dict[str, int] = {}
    for name, sits in found.items():
        for sit in sits:
            for part in (sit, *by_id[sit].members):
                own = by_id[part].recommended_confidence
                asked = [own if c == RECOMMENDED else c for c in needs.confidences[name]]
                lowest[part] = min(*asked, lowest.get(part, 100))
    return lowest


def resolve(catalogue: Iterable[Sit], name: str) -> set[str]:
    """Ids of the SITs called `name`; `UnknownSitError` with the nearest names if there are none."""
    asked = name.strip().casefold()
    kind, _, rest = asked.partition(":")
    sits = tuple(catalogue)
    found = {sit.id for sit in sits if _is_called(sit, asked, kind, rest)}
    if not found and not rest:
        found = _foreign(sits, name.strip())
    if not found:
        raise UnknownSitError(f"no SIT is called '{name}': {_nearest(asked, sits)}")
    return found


def _foreign(catalogue: Iterable[Sit], name: str) -> set[str]:
    """Ids of the SITs that other products call `name`; `UnknownSitError` where they mean different ones."""
    meant: dict[str, set[str]] = {}
    for sit in catalogue:
        for product, foreign in sit.aliases.items():
            if name.casefold() in (alias.casefold() for alias in foreign):
                meant.setdefault(product, set()).add(sit.id)
    if len({frozenset(ids) for ids in meant.values()}) > 1:
        choices = ", ".join(f"'{product}:{name}'" for product in sorted(meant))
        raise UnknownSitError(f"'{name}' means different SITs by product: name one of {choices}")
    return set().union(*meant.values())


def _is_called(sit: Sit, asked: str, kind: str, rest: str) -> bool:
    if asked in (sit.id, sit.name.casefold(), sit.purview_guid):
        return True
    if not rest:
        return False
    if kind == "category":
        return sit.category == rest
    if kind == "country":
        return (sit.country or "").casefold() == rest
    if kind == "sensitivity":
        return sit.sensitivity == rest
    if kind == "tag":
        return rest in sit.tags
    return rest in (alias.casefold() for alias in sit.aliases.get(kind, ()))


def _nearest(asked: str, catalogue: Iterable[Sit]) -> str:
    names: dict[str, str] = {}
    for sit in catalogue:
        names[sit.id] = sit.id
        names[sit.name.casefold()] = sit.name
        for product, foreign in sit.aliases.items():
            names |= {f"{product}:{alias}".casefold(): f"{product}:{alias}" for alias in foreign}
    import difflib

    near = difflib.get_close_matches(asked, names, n=3, cutoff=0.5)
    near += [n for n in names if asked and asked in n][: 3 - len(near)]
    if not near:
        return "see `sitclassify list`"
    return "did you mean " + " or ".join(f"'{names[n]}'" for n in dict.fromkeys(near)) + "?"


class _Wanted:
    """The confidence asked for each SIT."""

    def __init__(self, default: int | str | None, per_sit: Mapping[str, int]) -> None:
        self._default, self._per_sit = default, per_sit

    def __call__(self, sit: Sit) -> int:
        if sit.id in self._per_sit:
            return self._per_sit[sit.id]
        if isinstance(self._default, int):
            return self._default
        if self._default == "purview" and sit.purview_recommended:
            return sit.purview_recommended
        return sit.recommended_confidence


def _wanted(catalogue: Sequence[Sit], confidence: Confidence) -> _Wanted:
    per_sit: dict[str, int] = {}
    default: int | str | None = None
    if isinstance(confidence, Mapping):
        for name, value in confidence.items():
            found = resolve(catalogue, name)
            members = {m for sit in catalogue if sit.id in found for m in sit.members}
            per_sit |= dict.fromkeys(found | members, _checked(value))
    elif confidence is None or confidence == "purview":
        default = confidence
    else:
        default = _checked(confidence)
    return _Wanted(default, per_sit)


def _checked(confidence: object) -> int:
    if isinstance(confidence, int) and not isinstance(confidence, bool) and 1 <= confidence <= 100:
        return confidence
    raise ConfigurationError(
        f"min_confidence is None, 'purview', 1 to 100, or a mapping of these per SIT, not {confidence!r}"
    )


def names_of(sits: str | Iterable[str] | None) -> list[str] | None:
    """The argument `sits` of `load` as a sorted list; `ConfigurationError` for other types."""
    if sits is None:
        return None
    named = [sits] if isinstance(sits, str) else list(sits)
    for name in named:
        if not isinstance(name, str):
            raise ConfigurationError(f"sits names SITs by str, not {type(name).__name__}")
    return sorted(set(named))
