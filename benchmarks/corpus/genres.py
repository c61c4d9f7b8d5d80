"""The twelve kinds of text that a scene is told in."""

from __future__ import annotations

import json

from benchmarks.corpus.scene import Genre, Scene

_ROWS = 3  # of a table at most
_WIDTH = 34  # characters before the value in a form


def _chat(scene: Scene) -> str:
    return " ".join([scene.pick("open"), *scene.said()])


def _email(scene: Scene) -> str:
    head = f"{scene.pick('open')}\n\n"
    return head + "\n".join(scene.said()) + f"\n\n{scene.pick('close')}\n{scene.pick('names')}\n"


def _ticket(scene: Scene) -> str:
    number = scene.mark(f"INC{scene.dice.randint(10**6, 10**7)}", "ticket", is_lure=True)
    lines = [f"{number} [{scene.dice.choice(('open', 'waiting', 'P2'))}] {scene.pick('names')}"]
    return "\n".join([*lines, "", *scene.said(), f"-- {scene.pick('places')}"])


def _transcript(scene: Scene) -> str:
    speakers = scene.dice.sample(scene.language["names"], 2)
    clock, lines = 0, []
    for turn, sentence in enumerate([scene.pick("open"), *scene.said(), scene.pick("close")]):
        clock += scene.dice.randint(2, 40)
        lines.append(f"[00:{clock // 60:02d}:{clock % 60:02d}] {speakers[turn % 2]}: {sentence}")
    return "\n".join(lines)


def _note(scene: Scene) -> str:
    facts = [f"- {f.word}: {f.marker}" for f in scene.facts]
    talk = [f"- {s}" for s in (*scene.asides, scene.pick("fill"))]
    lines = facts + talk
    scene.dice.shuffle(lines)
    return "\n".join([f"# {scene.pick('places')}", *lines])


def _form(scene: Scene) -> str:
    name, city, remark = scene.language["fields"]
    lines = [(name, scene.pick("names")), *((f.word, f.marker) for f in scene.facts)]
    lines += [(city, scene.pick("places"))]
    lines += [(remark, aside) for aside in scene.asides]
    return "\n".join(f"{head:<{_WIDTH}}  {value}" for head, value in lines) + "\n"


def _json(scene: Scene) -> str:
    name, city, remark = scene.language["fields"]
    told = {name: scene.pick("names")}
    told |= {scene.dice.choice((f.key, f.word)): f.marker for f in scene.facts}
    told |= {city: scene.pick("places"), remark: " ".join(scene.asides)}
    return json.dumps(told, ensure_ascii=False, indent=scene.dice.choice((None, 2)))


def _rows(scene: Scene) -> list[list[str]]:
    name, city, _ = scene.language["fields"]
    rows = [[name, *(f.word for f in scene.facts), city]]
    for number in range(scene.dice.randint(1, _ROWS)):
        markers = (scene.again(f) if number else f.marker for f in scene.facts)
        rows.append([scene.pick("names"), *markers, scene.pick("places")])
    return rows


def _csv(scene: Scene) -> str:
    comma = scene.dice.choice((",", ";"))

    def cell(text: str) -> str:
        value = scene.value(text) if text in marked else text
        return f'"{text}"' if comma in value else text

    rows = _rows(scene)
    marked = {chr(0xE000 + n) for n in range(len(scene.planted))}
    lines = [comma.join(map(cell, row)) for row in rows]
    return "\n".join(lines + scene.asides) + "\n"


def _table(scene: Scene) -> str:
    head, *rows = ("| " + " | ".join(row) + " |" for row in _rows(scene))
    rule = "|" + " --- |" * (len(scene.facts) + 2)
    return "\n".join([head, rule, *rows, "", *scene.asides])


def _log(scene: Scene) -> str:
    lines, dice = [], scene.dice
    for text in [*(f"{f.key}={f.marker}" for f in scene.facts), *scene.asides, "done rows=214"]:
        clock = f"{dice.randint(0, 23):02d}:{dice.randint(0, 59):02d}:{dice.randint(0, 59):02d}"
        stamp = f"2026-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}T{clock}.{dice.randint(0, 999):03d}Z"
        level = dice.choice(("INFO", "DEBUG", "WARN"))
        lines.append(f"{stamp} {level} worker[{dice.randint(100, 65000)}] {text}")
    return "\n".join(lines) + "\n"


def _code(scene: Scene) -> str:
    lines = [f"# {aside}" for aside in scene.asides]
    owner = scene.dice.choice(("client", "record", "settings"))
    lines += [f'{owner}.{f.key} = "{f.marker}"' for f in scene.facts]
    scene.dice.shuffle(lines)
    return "\n".join([f"def build({owner}):", *(f"    {line}" for line in lines)]) + "\n"


def _config(scene: Scene) -> str:
    equal, comment = scene.dice.choice((("=", "#"), (": ", "#"), (" = ", ";")))
    lines = [f"{comment} {aside}" for aside in scene.asides]
    lines += [f"{f.key}{equal}{f.marker}" for f in scene.facts]
    return "\n".join([f"{comment} {scene.pick('places')}", *lines]) + "\n"


GENRES: dict[str, Genre] = {
    "chat": _chat, "e-mail": _email, "ticket": _ticket, "transcript": _transcript, "note": _note,
    "form": _form, "json": _json, "csv": _csv, "table": _table, "log": _log, "code": _code,
    "config": _config,
}  # fmt: skip
