"""Which classifiers are loaded: packaged ones by id, folders of one's own, detectors of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sitclassify import resources
from sitclassify.classifiers.external import ExternalClassifier
from sitclassify.classifiers.model import Model, read, read_about
from sitclassify.classifiers.runtime import ClassifierSet
from sitclassify.errors import ConfigurationError
from sitclassify.results import Classification

PACKAGED = "packaged"  # in a list: all packaged classifiers that are not experimental
Asked = str | Path | ExternalClassifier
Loaded = Mapping[str, Model | ExternalClassifier]


class Classifiers:
    """Everything that classifies a text in one scan."""

    def __init__(self, models: Sequence[Model], others: Sequence[ExternalClassifier]) -> None:
        self._own = ClassifierSet(models) if models else None
        self._others = others

    def classify(self, text: str) -> tuple[Classification, ...]:
        """One answer per classifier, highest score first, those without a score last."""
        waiting = [other.start(text) for other in self._others]
        own = self._own.classify(text) if self._own else ()
        if not waiting:
            return own
        every = (*own, *(wait() for wait in waiting))
        return tuple(sorted(every, key=_order))


def _order(answer: Classification) -> tuple[bool, float]:
    return answer.failure is not None, 1.0 if answer.score is None else -answer.score


def load(asked: Iterable[Asked] | None, also: Iterable[str] = ()) -> tuple[Classifiers, Loaded]:
    """What classifies a text, and the loaded classifiers by id; `also` where nothing else has these ids.

    Raises `ModelError` for a broken model, `ConfigurationError` for an unknown or doubled id.
    """
    models: dict[str, Model] = {}
    others: dict[str, ExternalClassifier] = {}
    for item in dict.fromkeys((*([PACKAGED] if asked is None else asked), *also)):
        if item in {*also} & {*models, *others}:
            continue
        for found in [item] if isinstance(item, ExternalClassifier) else find(item):
            if found.id in others or _is_another(found, models.get(found.id)):
                raise ConfigurationError(f"two classifiers have the id '{found.id}': rename one")
            if isinstance(found, Model):
                models[found.id] = found
            else:
                others[found.id] = found
    return Classifiers(list(models.values()), list(others.values())), models | others


def _is_another(found: Model | ExternalClassifier, known: Model | None) -> bool:
    return known is not None and not (isinstance(found, Model) and found.about == known.about)


def find(asked: str | Path) -> list[Model]:
    """The models behind a packaged id, `"packaged"`, a model folder or a folder of these."""
    packaged = resources.folder("models")
    if asked == PACKAGED:
        folders = list(_folders(packaged).values())
        return [read(path) for path in folders if not read_about(path).get("experimental")]
    names = _folders(packaged)
    if str(asked) in names:
        return [read(names[str(asked)])]
    folder = Path(asked)
    if (folder / "model.json").is_file():
        return [read(folder)]
    found = _folders(folder)
    if not found:
        raise ConfigurationError(_unknown(str(asked), names))
    return [read(path) for path in found.values()]


def _folders(folder: Path) -> dict[str, Path]:
    return {path.parent.name: path.parent for path in sorted(folder.glob("*/model.json"))}


def _unknown(name: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(names), 3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names)}"
    return f"unknown classifier '{name}'\n  {hint}; a folder with a model.json works too"
