"""Synthetic training text of every kind: deterministic by seed, one group per template."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator

from faker.providers.person.en_US import Provider as Person
from grammar import expand
from grammars import (
    abuse,
    attacks,
    code,
    documents,
    everyday,
    harmless,
    instructions,
    languages,
    machine,
    tricks,
    workday,
)

PEOPLE = {"first": list(Person.first_names), "last": list(Person.last_names)}
Made = tuple[str, dict[str, int], str]  # text, labels, group
ATTACKS = ("prompt_injection", "jailbreak", "harmful_request", "indirect_injection")
ABUSE = ("harassment", "hate", "threat", "profanity", "self_harm", "sexual", "violence")
DOCUMENTS = ("source_code", "resume", "legal_agreement", "financial_document", "medical_record",
             "business_email", "customer_complaint", "hr_document")  # fmt: skip
ALL = (*ATTACKS, *ABUSE, *DOCUMENTS)
NOTHING = dict.fromkeys(ALL, 0)


def _only(*names: str, unsure: tuple[str, ...] = ()) -> dict[str, int]:
    labels = NOTHING | dict.fromkeys(names, 1)
    return {name: value for name, value in labels.items() if name not in unsure}


def _styled(text: str, rng: random.Random) -> str:
    """Case, endings and typing as people vary them."""
    roll = rng.random()
    if roll < 0.12:
        text = text.lower()
    elif roll < 0.18:
        text = text.upper()
    elif roll < 0.6:
        text = text[:1].upper() + text[1:]
    if rng.random() < 0.15:
        text = text.rstrip(".!?")
    if rng.random() < 0.08 and len(text) > 20:
        at = rng.randrange(1, len(text) - 2)
        text = text[:at] + rng.choice((text[at + 1] + text[at] + text[at + 2 :], text[at + 1 :]))
    return text


def _sentences(
    kind: str, symbols: dict[str, list[str]], most: int
) -> Callable[[random.Random], tuple[str, int]]:
    def make(rng: random.Random) -> tuple[str, int]:
        number = rng.randrange(len(symbols[kind]))
        texts = [symbols[kind][number], *rng.choices(symbols[kind], k=rng.randrange(most))]
        return " ".join(_styled(expand(text, symbols, rng), rng) for text in texts), number

    return make


def _document(rng: random.Random, kinds: tuple[str, ...] = ()) -> str:
    """A harmless carrier: a mail, a report, a page, a review, code, a tool's answer."""
    kind = rng.choice(
        kinds
        or (
            "email_text",
            "complaint",
            "financial",
            "resume",
            "medical",
            "legal",
            "hr",
            "praise",
            "news",
            "tool",
            "page",
            "code",
        )
    )
    if kind == "tool":
        body = expand(
            rng.choice(harmless.SYMBOLS["news"] + harmless.SYMBOLS["office"]), harmless.SYMBOLS, rng
        )
        return f'{{"tool": "{rng.choice(("search", "read_page", "get_mail", "calendar"))}", "status": "ok", "result": "{body} @@"}}'
    if kind in ("news", "page"):
        lines = [
            expand("{news}" if kind == "news" else "{chat}", harmless.SYMBOLS, rng)
            for _ in range(rng.randint(2, 8))
        ]
        head = "" if kind == "news" else rng.choice(("<html><body><p>", "# Blog\n", "Reviews:\n- "))
        return head + rng.choice((" ", "\n", "\n- ")).join(lines)
    if kind == "code":
        return expand(
            "# {topic}\ndef load_{d1}(path):\n    rows = open(path).read()\n    return rows  # {did}\n",
            documents.SYMBOLS,
            rng,
        )
    return expand("{" + kind + "}", documents.SYMBOLS, rng)


def _within(text: str, rng: random.Random) -> tuple[str, str]:
    """Puts a text somewhere into a carrier; returns both together and the carrier alone."""
    carrier = _document(rng)
    if "@@" in carrier:
        return carrier.replace("@@", text.replace("\n", " ")), carrier.replace("@@", "")
    breaks = [i for i, c in enumerate(carrier) if c in "\n."] or [len(carrier) - 1]
    at = rng.choice((rng.choice(breaks) + 1, len(carrier)))
    return carrier[:at] + rng.choice((" ", "\n", "\n\n")) + text + rng.choice(
        (" ", "\n")
    ) + carrier[at:], carrier


_ASK = (
    "Summarise this {x}:",
    "What does the following {x} say?",
    "Please translate this {x}:",
    "Answer my question using the {x} below.",
    "Here is the {x}:",
    "Can you reply to this {x}?",
    "Extract the key points of the {x}.",
    "",
    "",
    "",
    "Is this {x} important?",
    "{x}:",
    "What are the main points of this {x}: '",
)


def _wrap(text: str, rng: random.Random) -> str:
    ask = rng.choice(_ASK).replace(
        "{x}",
        rng.choice(
            (
                "email",
                "page",
                "document",
                "review",
                "article",
                "text",
                "file",
                "résumé",
                "ticket",
                "paper",
            )
        ),
    )
    return f"{ask}{rng.choice((' ', chr(10), chr(10) * 2))}{text}" if ask else text


def _amid(text: str, rng: random.Random) -> str:
    """An attack, every third time with harmless sentences before or after it."""
    if rng.random() > 0.35:
        return text
    if rng.random() < 0.4:
        other = workday.talk(rng)[0]
    else:
        kind = rng.choice(("news", "chat", "office", "assistant", "it", "feeling", "promise"))
        other = expand("{" + kind + "}", harmless.SYMBOLS, rng)
    parts = [text.rstrip(".") + rng.choice((".", ".", "!", "")), other]
    return rng.choice((" ", " ", "\n")).join(parts if rng.random() < 0.6 else parts[::-1])


def _direct(rng: random.Random) -> Iterator[Made]:
    symbols = attacks.SYMBOLS
    number = rng.randrange(len(symbols["direct"]))
    text = expand(symbols["direct"][number], symbols, rng)
    text = _amid(text, rng)
    yield (
        _styled(text, rng),
        _only("prompt_injection", unsure=("jailbreak", "harmful_request", "indirect_injection")),
        f"direct{number}",
    )


def _indirect(rng: random.Random) -> Iterator[Made]:
    symbols = attacks.SYMBOLS
    number = rng.randrange(len(symbols["inject"]))
    attack = expand(symbols["inject"][number], symbols, rng)
    both, carrier = _within(attack, rng)
    unsure = ("jailbreak", "harmful_request", *DOCUMENTS, *ABUSE)
    yield (
        _wrap(both, rng),
        _only("prompt_injection", "indirect_injection", unsure=unsure),
        f"indirect{number}",
    )
    labels = {name: 0 for name in ALL if name not in DOCUMENTS}
    yield _wrap(carrier, rng), labels, f"carrier{number}"


def _foreign_attack(rng: random.Random) -> Iterator[Made]:
    language = rng.choice(list(languages.PHRASES))
    override, reveal, jailbreak, harmless_ = languages.PHRASES[language]
    say = lambda options: expand(rng.choice(options), languages.SYMBOLS, rng)  # noqa: E731
    glue = (
        rng.choice(("。", "，"))
        if language in ("zh", "ja")
        else rng.choice((". ", ", ", " - ", "! ", "\n"))
    )
    roll = rng.random()
    text = (
        say(override) + glue + say(reveal)
        if roll < 0.6
        else say(override)
        if roll < 0.75
        else say(reveal)
    )
    unsure = ("jailbreak", "harmful_request", "indirect_injection")
    yield (
        _styled(text, rng),
        _only("prompt_injection", unsure=unsure),
        f"foreign-{language}{rng.randrange(4)}",
    )
    if rng.random() < 0.5:
        both, _carrier = _within(text, rng)
        yield (
            both,
            _only(
                "prompt_injection", "indirect_injection", unsure=(*unsure[:2], *DOCUMENTS, *ABUSE)
            ),
            f"foreign-in-{language}",
        )
    if rng.random() < 0.4:
        yield (
            say(jailbreak) + glue + (say(override) if rng.random() < 0.5 else ""),
            _only(
                "jailbreak", unsure=("prompt_injection", "harmful_request", "indirect_injection")
            ),
            f"foreign-jail-{language}",
        )
    yield (
        glue.join(say(harmless_) for _ in range(rng.randint(1, 3))),
        NOTHING,
        f"foreign-ok-{language}",
    )


def _jailbreak(rng: random.Random) -> Iterator[Made]:
    symbols = attacks.JAILBREAK | {"bot": [rng.choice(attacks.JAILBREAK["bot"])]}
    number = rng.randrange(len(symbols["jail"]))
    yield (
        _styled(expand(symbols["jail"][number], symbols, rng), rng),
        _only(
            "jailbreak",
            unsure=(
                "prompt_injection",
                "harmful_request",
                "indirect_injection",
                "sexual",
                "violence",
                "profanity",
            ),
        ),
        f"jail{number}",
    )


def _harmless(rng: random.Random) -> Iterator[Made]:
    number = rng.randrange(len(harmless.SYMBOLS["prompt"]))
    texts = [
        harmless.SYMBOLS["prompt"][number],
        *rng.choices(harmless.SYMBOLS["prompt"], k=rng.choice((0, 0, 0, 1, 2))),
    ]
    text = " ".join(_styled(expand(t, harmless.SYMBOLS, rng), rng) for t in texts)
    yield text, NOTHING, f"harmless{number}"


def _about(rng: random.Random) -> Iterator[Made]:
    kind = rng.choice(("about", "about", "praise"))
    number = rng.randrange(len(documents.SYMBOLS[kind]))
    yield (
        _styled(expand(documents.SYMBOLS[kind][number], documents.SYMBOLS, rng), rng),
        NOTHING,
        f"{kind}{number}",
    )


_ABUSE_UNSURE = {
    "threat": ("harassment", "violence", "hate", "profanity"),
    "foreign_threat": ("harassment", "violence"),
    "self_harm": ("violence", "threat"),
    "violence": ("threat", "harassment", "hate", "harmful_request"),
    "sexual": ("harassment", "profanity", "harmful_request"),
    "profanity": ("harassment", "sexual", "hate", "threat"),
    "harassment": ("hate", "profanity", "threat"),
    "hate": ("harassment", "violence", "threat"),
    "harmful": ("violence", "threat", "prompt_injection", "jailbreak"),
    "benign_group": (),
}
_ABUSE_LABEL = {"foreign_threat": ("threat",), "harmful": ("harmful_request",), "benign_group": ()}


def _abuse(kind: str) -> Callable[[random.Random], Iterator[Made]]:
    most = {"self_harm": 3, "violence": 3, "sexual": 3}.get(kind, 1)
    make = _sentences(kind, abuse.SYMBOLS, most)

    def generate_(rng: random.Random) -> Iterator[Made]:
        text, number = make(rng)
        if rng.random() < 0.15 and kind not in ("harmful", "benign_group"):
            text = f"{expand('{chat}', harmless.SYMBOLS, rng)} {text}"
        labels = _only(*_ABUSE_LABEL.get(kind, (kind,)), unsure=_ABUSE_UNSURE[kind])
        yield text, labels, f"{kind}{number}"

    return generate_


_PAPERS = {
    "resume": "resume", "legal": "legal_agreement", "financial": "financial_document", "medical": "medical_record",
    "email_text": "business_email", "complaint": "customer_complaint", "hr": "hr_document",
}  # fmt: skip


def _paper(kind: str) -> Callable[[random.Random], Iterator[Made]]:
    def generate_(rng: random.Random) -> Iterator[Made]:
        number = rng.randrange(len(documents.SYMBOLS[kind]))
        text = expand(documents.SYMBOLS[kind][number], documents.SYMBOLS, rng)
        labels = _only(
            _PAPERS[kind], unsure=("business_email",) if kind in ("complaint", "hr") else ()
        )
        if kind == "legal":
            labels.pop("hr_document", None)
        yield text, labels, f"{kind}{number}"

    return generate_


def _instruction(rng: random.Random) -> Iterator[Made]:
    symbols = instructions.SYMBOLS
    number = rng.randrange(len(symbols["instruction"]))
    texts = [_styled(expand(symbols["instruction"][number], symbols, rng), rng)]
    texts += [expand("{tell}", symbols, rng) for _ in range(rng.choice((0, 0, 0, 0, 1, 4)))]
    code = number in (28,) or "function" in texts[0] or "CSS" in texts[0]
    labels = {k: v for k, v in NOTHING.items() if not (code and k == "source_code")}
    yield " ".join(texts), labels, f"instruction{number}"


def _frame(rng: random.Random) -> Iterator[Made]:
    symbols = instructions.SYMBOLS
    number = rng.randrange(len(symbols["frame"]))
    text = expand(symbols["frame"][number], symbols, rng)
    text += "".join(
        " " + expand(rng.choice(("{task2}", "{style2}", "{tell}")), symbols, rng)
        for _ in range(rng.choice((0, 0, 1, 3)))
    )
    yield _styled(text, rng), NOTHING, f"frame{number}"


def _log(rng: random.Random) -> Iterator[Made]:
    forms = instructions.LOGS["log"] + instructions.LOGS["log2"]
    form = rng.choice(forms)
    lines = [expand(form, instructions.LOGS, rng) for _ in range(rng.randint(1, 20))]
    yield "\n".join(lines), NOTHING, f"log{forms.index(form)}"


_TOLD = [
    *((harmless.SYMBOLS, name) for name in ("news", "office", "chat", "it", "promise", "feeling")),
    *((documents.SYMBOLS, name) for name in ("finsent", "clause", "hrsent", "history", "mail", "gripe", "did")),
    *((instructions.SYMBOLS, name) for name in ("tell",)),
    *((workday.SYMBOLS, name) for name in ("rule", "ask_it", "reading")),
]  # fmt: skip
_SUBJECTS = ("{comp1} {topic}", "{company} - {topic}", "[Re|RE|Fw|FW]: {topic}", "{topic} [question|update|summary|list|report|process|draft|agreement|hearing|claim|calls|exchange|info]", "[Your|Our|New|Daily|Weekly|Revised|URGENT -|CONFIDENTIAL -|FYI:|Long|Master] {topic} {number}", "{month} {day} {topic}", "{first}", "[All the best|a favor|Try again|Hello|Change to the list|Out of office|Congratulations|Your order {number}|Follow-up|Question|Response to your email|Words of thanks|Classes {day}-{day}|Procedures for {topic}|Demand letters]")  # fmt: skip
_FRAMES = ("Subject: {about}{nl}{nl}@", "Subject: {about}{nl}{nl}@", "Subject: {about}{nl}{nl}{first}, @", "Subject: {about}{nl}{nl}@{nl}{line2}", "Subject: {about}{nl}{nl}FYI. @", "Subject: {subject}{nl}{nl}@{nl}{end}", "Subject: {subject}{nl}{nl}{hi}{nl}@", "Subject: {subject}{nl}{nl}{hi} @ {end}", "{hi}{nl}{nl}@{nl}{nl}{end}", "{hi} @{nl}{end}", "Subject: {subject}{nl}@{nl}{line2}{nl}{end}",
           "From: {first} {last}{nl}To: {first} {last}{nl}Subject: {subject}{nl}{nl}{hi}{nl}@{nl}{end}", "{hi}{nl}{line2} @ {line2}{nl}{end}", "Subject: {subject}{nl}{nl}{hi} {line2}{nl}@")  # fmt: skip


def _inbox(rng: random.Random) -> Iterator[Made]:
    symbols = instructions.MAIL | PEOPLE | {"about": _SUBJECTS}
    unsure = ("customer_complaint", "hr_document", "legal_agreement")
    if rng.random() < 0.5:
        number = rng.randrange(len(symbols["inbox"]))
        text = expand(symbols["inbox"][number], symbols, rng)
    else:  # a mail may speak of anything: it is known by its frame
        number = rng.randrange(len(_FRAMES))
        told = [rng.choice(_TOLD) for _ in range(rng.randint(1, 6))]
        body = rng.choice((" ", "  ", "\n")).join(expand("{" + name + "}", of, rng) for of, name in told)  # fmt: skip
        text = expand(_FRAMES[number], symbols, rng).replace("@", body, 1)
        unsure = DOCUMENTS
    yield text, _only(unsure=unsure) | {"business_email": 1}, f"inbox{number}"


def _machine(rng: random.Random) -> Iterator[Made]:
    kind = rng.choice(("log", "log", "log", "table", "table", "settings"))
    unsure = ("financial_document",) if kind == "table" else ()
    yield machine.KINDS[kind](rng), _only(unsure=unsure), f"{kind}{rng.randrange(50)}"


def _everyday(rng: random.Random) -> Iterator[Made]:
    language = rng.choice(everyday.languages())
    yield everyday.text(language, rng), NOTHING, f"everyday-{language}"


_CODE_ASKED = ("Fix this:", "What does this do?", "here is my code", "Review please", "Why does it fail?\n```", "```", "Refactor:", "Explain line by line:")  # fmt: skip
MARKUP = ("html", "css")  # which are no program text, and not surely none


def _code(rng: random.Random) -> Iterator[Made]:
    language = rng.choice(list(code.PIECES))
    text = code.code(language, rng)
    if rng.random() < 0.2:
        text = f"{rng.choice(_CODE_ASKED)}\n{text}"
    labels = _only(unsure=("source_code",)) if language in MARKUP else _only("source_code")
    yield text, labels, f"code-{language}-{rng.randrange(9)}"


def _trick(rng: random.Random) -> Iterator[Made]:
    text, group = tricks.text(rng)
    text = _amid(text, rng)
    unsure = ("jailbreak", "harmful_request", "indirect_injection")
    yield _styled(text, rng), _only("prompt_injection", unsure=unsure), group


def _workday(rng: random.Random) -> Iterator[Made]:
    text, group = workday.talk(rng)
    unsure = ("business_email", "hr_document", "legal_agreement")
    yield _styled(text, rng), _only(unsure=unsure), group


def _credential(rng: random.Random) -> Iterator[Made]:
    text, group = workday.credential(rng)
    yield text, _only(unsure=("source_code", "business_email")), group


KINDS: dict[str, Callable[[random.Random], Iterator[Made]]] = {
    "direct": _direct, "indirect": _indirect, "foreign": _foreign_attack, "jailbreak": _jailbreak,
    "harmless": _harmless, "about": _about, "instruction": _instruction, "frame": _frame, "log": _log, "inbox": _inbox,
    "machine": _machine, "everyday": _everyday, "code": _code,
    "trick": _trick, "workday": _workday, "credential": _credential,
} | {kind: _abuse(kind) for kind in _ABUSE_UNSURE} | {kind: _paper(kind) for kind in _PAPERS}  # fmt: skip


def generate(kind: str, count: int, seed: int = 0) -> Iterator[Made]:
    """`count` distinct texts of one kind; the same for the same seed."""
    rng = random.Random(f"{kind}{seed}")
    seen: set[bytes] = set()
    for _ in range(count * 20):
        for text, labels, group in KINDS[kind](rng):
            key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
            if key not in seen:
                seen.add(key)
                yield text, labels, group
        if len(seen) >= count:
            return
