"""What machines write and is no program text: logs, tables, listings, settings, stack traces."""

from __future__ import annotations

import random
from collections.abc import Callable

# fmt: off
_PARTS, _DOES, _USERS, _COLUMNS, _WORDS = map(str.split, (
    "block cache channel client cluster commit connection container core daemon data device disk driver event executor file handler heap host image index input instance job kernel key link listener lock manager master memory message metric module monitor network node output packet partition path pool port power proxy queue reader receiver record region registry replica request resource response rule scheduler screen sensor server service session shard signal socket source stage state storage store stream switch table target task thread timer token tracker transaction update user value view volume watcher window worker action activity argument array boot class clip copy description file flags fetch function hold int layout library line list method name object options parameter run screen set start stack status string suspend tag top type var wake",
    "accepted added allocated applied attached blocked built cached cancelled changed checked cleaned closed completed computed configured connected created deleted denied detected disabled discarded dropped enabled ended entered established exited expired failed fetched finished flushed forwarded found freed generated ignored initialized inserted interrupted invoked joined killed launched left linked loaded locked logged lost mapped marked merged missed mounted moved notified opened parsed paused polled processed published pulled pushed queued read received recovered refused registered rejected released reloaded removed renewed replaced reported reset resolved restarted resumed retried returned rotated running saved scanned scheduled selected sent set skipped started stopped submitted succeeded suspended switched synced terminated timed unloaded unlocked unmounted updated uploaded validated verified waiting written",
    "root admin guest test oracle nobody backup www-data anna ben ftp mail svc_web",
    "rownames id name age sex gender weight height year month day date city country state region county price wage income cost total amount quantity score rating grade rank count rate share ratio mean sd min max x y z lat lon temperature pressure speed distance duration start end status type class group category treatment outcome event time week subject visit dose response education experience children married black white female male party votes seats turnout team points wins losses games minutes goals assists species length width depth area population births deaths density volume index code level lag diff log_gdp gdp unemployment inflation interest export import tax budget sales orders customer product stock",
    "Adams Ohio Texas yes no Yes No male female Male Female control drug placebo high low medium north south TRUE FALSE NA urban rural setosa Ford Toyota Democrat Republican single married full part Smith Lee none other A B C D a b c Australia Canada Spain China India NYC LA",
))
# fmt: on
_LEVELS = [
    "INFO",
    "WARN",
    "ERROR",
    "DEBUG",
    "FATAL",
    "WARNING",
    "TRACE",
    "I",
    "W",
    "E",
    "V",
    "D",
    "notice",
    "error",
    "info",
    "warn",
    "crit",
    "ERR",
    "Info",
    "CRITICAL",
    "SEVERE",
    "FAILURE",
]  # fmt: skip


def _hex(rng: random.Random, size: int) -> str:
    return "".join(rng.choices("0123456789abcdef", k=size))


def _snake(rng: random.Random) -> str:
    return rng.choice(("", "", "_")) + "_".join(rng.choices(_PARTS + _DOES, k=rng.randint(2, 4)))


def _lower_camel(rng: random.Random) -> str:
    return rng.choice(_PARTS + _DOES) + _camel(rng)


def _camel(rng: random.Random) -> str:
    return "".join(word.title() for word in rng.choices(_PARTS, k=rng.randint(1, 3)))


def _package(rng: random.Random) -> str:
    head = rng.choice(("org.apache", "com.android", "com.acme", "io.netty", "java.util", "nova", "org.example", "net.core", "com.apple"))  # fmt: skip
    return f"{head}.{rng.choice(_PARTS)}.{_camel(rng)}{rng.choice(('', '', '$' + _camel(rng)))}"


def _address(rng: random.Random) -> str:
    return ".".join(str(rng.randint(1, 254)) for _ in range(4))


def _path(rng: random.Random) -> str:
    root = rng.choice(("/var", "/usr/lib", "/home/" + rng.choice(_USERS), "/tmp", "/opt", "/api/v2", "C:\\Windows\\System32", "hdfs://master:9000"))  # fmt: skip
    parts = rng.choices(_PARTS, k=rng.randint(1, 3))
    return "/".join((root, *parts)) + rng.choice(
        ("", ".log", ".so", ".dll", ".jar", ".xml", ".tmp")
    )


def _value(rng: random.Random) -> str:
    return rng.choice((
        lambda: str(rng.randint(0, 99)), lambda: str(rng.randint(100, 9_999_999)), lambda: f"0x{_hex(rng, rng.choice((2, 4, 8, 16)))}",
        lambda: f"{rng.random() * 100:.{rng.randint(1, 6)}f}", lambda: _address(rng), lambda: f"{_address(rng)}:{rng.randint(1024, 65535)}",
        lambda: _path(rng), lambda: rng.choice(("true", "false", "null", "None", "N/A", "-")), lambda: _hex(rng, 32), lambda: _package(rng),
        lambda: "-".join((_hex(rng, 8), _hex(rng, 4), _hex(rng, 4), _hex(rng, 4), _hex(rng, 12))), lambda: f"{rng.choice(_PARTS)}_{rng.randint(0, 9999):04d}_m_{rng.randint(0, 99):06d}",
        lambda: f"{rng.randint(1, 900)} {rng.choice(('ms', 'bytes', 'KB', 'MB', 'seconds', 'sec'))}", lambda: rng.choice(_USERS),
    ))()  # fmt: skip


def _pairs(rng: random.Random) -> str:
    join, between, close = rng.choice(
        (("=", " ", ""), (":", ", ", ""), ("=", ", ", "}"), (": ", ", ", ""), ("=", ",", "]"), ("=", ";", ")"))
    )  # fmt: skip
    body = between.join(
        f"{rng.choice(_PARTS)}{rng.choice(('', '', 'Id', '_id', 'Count'))}{join}{_value(rng)}"
        for _ in range(rng.randint(1, 6))
    )
    return {"}": "{", "]": "[", ")": "("}.get(close, "") + body + close


_SAYS = ("{0} has been {1}", "Unable to find {0}: No such file or directory", "no route to {0}", "assertion failed: {0} {1}", "{0} already {1}, ignoring", "waiting for {0} to be {1}", "error reading {0} after {1}", "total of 1 {0} error(s) detected and {1}",
         "{0} not allowed in target domain", "limiting output of {0}", "does not hold {0}; skipping", "caller {0} is {1}", "cannot open {0}: permission denied", "{0} state: 0 {1} state: 0", "Could not {0} the {1} resource", "There are 0 {0} and 1 {1}",
         "Will not attempt to authenticate using {0} (unknown error)", "check pass; user unknown", "connection reset by {0}", "Warning: {0} is being {1} by another process", "successfully {1} {0}", "start {0}", "end of {0}", "{0} Link Up on {1}")  # fmt: skip


def _said(rng: random.Random) -> str:
    return rng.choice(_SAYS).format(rng.choice(_PARTS), rng.choice(_DOES))


def _host(rng: random.Random) -> str:
    return ".".join((*rng.choices(_PARTS, k=rng.randint(1, 2)), rng.choice(("example.com", "internal", "corp.example", "test", "com.cn", "net"))))  # fmt: skip


def _bare(rng: random.Random) -> str:
    """Assignments without brackets, as in the logs of telephones."""
    between = rng.choice((",", " ", ", ", ";"))
    return between.join(f"{rng.choice((rng.choice(_PARTS), _lower_camel(rng), rng.choice(_PARTS)[:2] + rng.choice(_PARTS)))}={rng.choice((_value(rng), 'true', 'false', '0', '0x0', '-1'))}" for _ in range(rng.randint(1, 9)))  # fmt: skip


def _message(rng: random.Random) -> str:
    part, other, does = rng.choice(_PARTS), rng.choice(_PARTS), rng.choice(_DOES)
    return rng.choice((
        lambda: f"{part} {other} {does}", lambda: f"{does.capitalize()} {part} {_value(rng)} for {other} {_value(rng)}",
        lambda: f"{_camel(rng)}: {part} {_value(rng)} {does}, {_pairs(rng)}", lambda: f"{part} {_value(rng)} {does} in {rng.randint(1, 9000)} ms",
        lambda: f"{does.capitalize()} {part} from {_address(rng)} port {rng.randint(1024, 65535)} ssh2", lambda: f"{_package(rng)}: {does} {part}",
        lambda: f"pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={_address(rng)} user={rng.choice(_USERS)}",
        lambda: f'"{rng.choice(("GET", "POST", "PUT"))} {_path(rng)} HTTP/1.1" {rng.choice((200, 301, 404, 500))} {rng.randint(10, 99999)} "-" "Mozilla/5.0 (X11; Linux x86_64)"',
        lambda: f"{part}{_camel(rng)}() {does}: {_pairs(rng)}", lambda: f"{rng.choice(_PARTS)}.{rng.choice(_PARTS)}(): {_value(rng)} {does}",
        lambda: f"[{_camel(rng)}] {part} {does} -> {other} ({_value(rng)})", lambda: f"<{_camel(rng)}>: {_pairs(rng)}",
        lambda: _said(rng), lambda: f"{_snake(rng)}: {_said(rng)}", lambda: f"{_lower_camel(rng)}: {_bare(rng)}", lambda: f"[{_camel(rng)[:4].upper()}] [{rng.choice(_LEVELS)}] {_camel(rng)}::{_lower_camel(rng)} {_said(rng)}",
        lambda: f"<{_camel(rng)}: 0x{_hex(rng, 9)}> {{ URL: \"https://{_host(rng)}/{_snake(rng)}?{rng.choice(_PARTS)}={_value(rng)}\" }}", lambda: f"{_snake(rng)}() failed {rng.choice(_PARTS)}:{_path(rng)} Socket:{rng.randint(1, 99)} Err:-{rng.randint(1, 99)}",
        lambda: f'Function: {_snake(rng)}, file "{_path(rng)}", line {rng.randint(1, 999)}: {_said(rng)}', lambda: f"({_snake(rng)}) {_lower_camel(rng)}(null), {_bare(rng)}", lambda: f"{_lower_camel(rng)} {{ {_pairs(rng)}; }}",
        lambda: f"{_said(rng)} ( \"<{_camel(rng)}:0x{_hex(rng, 12)} h=--& v=--& {_camel(rng)}:0x{_hex(rng, 12)}.{rng.choice(_PARTS)} == {_value(rng)}>\" )", lambda: f"[HRESULT = 0x{_hex(rng, 8)} - {_snake(rng).upper()}] {_said(rng)}", lambda: f"{part}: {_said(rng)} {_value(rng)}", lambda: f"{_camel(rng)}: {_said(rng)}, {_pairs(rng)}",
        lambda: f"{part}{_camel(rng)}: {_bare(rng)}", lambda: f"{_camel(rng)}: {does}{_camel(rng)} {_bare(rng)}", lambda: f"{does}{_camel(rng)}({_value(rng)})", lambda: f"set{_camel(rng)} vis={_value(rng)} {_bare(rng)}",
        lambda: f"{_camel(rng)}::{does}{_camel(rng)} - {_said(rng)} {part} = {_value(rng)}", lambda: f"-[{_camel(rng)} {does}{_camel(rng)}:{part}:]: {_said(rng)}",
        lambda: f"{_host(rng)}:{rng.choice((80, 443, 8080, 22))} {does} through {part} {_host(rng)}:{rng.randint(1000, 9999)} HTTPS", lambda: f"{does.capitalize()} {part} for {_host(rng)}: {_said(rng)}",
        lambda: f"{_value(rng)} {part} {does}, {_value(rng)} {other} left", lambda: f"{part}={_value(rng)} {_pairs(rng)}",
        lambda: f"CE sym {rng.randint(1, 30)}, at 0x{_hex(rng, 8)}, mask 0x{_hex(rng, 2)}", lambda: f"({rng.choice(_USERS)}) CMD (run-parts {_path(rng)})",
        lambda: f"{part} {does}: error code {rng.randint(-99, 200)} ({_camel(rng)}Exception: {other} {does})", lambda: f"{_path(rng)} {does}.",
        lambda: f"close, {rng.randint(0, 99999)} bytes sent, {rng.randint(0, 9999)} bytes received, lifetime {rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}",
        lambda: f"{_camel(rng)}[{_camel(rng)}@{_hex(rng, 7)}] {does} {part} {other}", lambda: f"{rng.randint(0, 99)} {part} {does}##{rng.randint(0, 9999)}##{rng.randint(0, 9_999_999)}",
    ))()  # fmt: skip


def _time(form: int, rng: random.Random) -> str:
    y, mo, d, h, mi, s, f = rng.randint(2004, 2026), rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), rng.randint(0, 59), rng.randint(0, 59), rng.randint(0, 999)  # fmt: skip
    month, week = "JanFebMarAprMayJunJulAugSepOctNovDec"[mo * 3 - 3 : mo * 3], rng.choice(("Mon", "Tue", "Wed", "Thu", "Fri", "Sun"))  # fmt: skip
    clock = f"{h:02d}:{mi:02d}:{s:02d}"
    return (
        f"{y}-{mo:02d}-{d:02d} {clock},{f:03d}", f"{y}-{mo:02d}-{d:02d} {clock}.{f:03d}", f"{y}-{mo:02d}-{d:02d}T{clock}Z", f"{month} {d:2d} {clock}",
        f"[{week} {month} {d:02d} {clock} {y}]", f"{mo:02d}-{d:02d} {clock}.{f:03d}", f"{y % 100:02d}/{mo:02d}/{d:02d} {clock}", f"[{mo:02d}.{d:02d} {clock}]",
        f"{y}{mo:02d}{d:02d}-{h}:{mi}:{s}:{f}", f"- {rng.randint(10**9, 2 * 10**9)} {y}.{mo:02d}.{d:02d}", f"{y % 100:02d}{mo:02d}{d:02d} {h:02d}{mi:02d}{s:02d} {rng.randint(1, 999)}",
        f"{rng.randint(10**9, 2 * 10**9)}", f"{y}-{mo:02d}-{d:02d}-{clock.replace(':', '.')}.{f:03d}", "",
    )[form]  # fmt: skip


_FIELDS: tuple[Callable[[random.Random], str], ...] = (
    lambda rng: rng.choice(_LEVELS), lambda rng: f"[{rng.choice(_LEVELS)}]", lambda rng: f"{rng.choice(_LEVELS):5}", lambda rng: f"[{rng.choice(_PARTS)}-{rng.randint(1, 20)}]",
    lambda rng: f"{rng.choice(_PARTS)}[{rng.randint(1, 40000)}]:", lambda rng: f"{_package(rng)}:", lambda rng: _package(rng), lambda rng: f"{rng.randint(1, 9999):5}", lambda rng: f"{rng.randint(1, 9999):5}",
    lambda rng: rng.choice(("combo", "node-12", "LabSZ", "R02-M1-N0-C:J12-U11", "calvisitor-10-105-160-95", "dn228/dn228", "gw", "web-1")),
    lambda rng: f"{rng.choice(_PARTS)}(pam_unix)[{rng.randint(1, 40000)}]:", lambda rng: f"{_camel(rng)}:", lambda rng: f"[{_camel(rng)}:{rng.randint(1, 900)}]", lambda rng: "|", lambda rng: f"|{_camel(rng)}|",
    lambda rng: "RAS KERNEL", lambda rng: f"{rng.choice(_PARTS)}.exe -", lambda rng: f"[req-{_hex(rng, 8)}-{_hex(rng, 4)} {_hex(rng, 32)} - - -]", lambda rng: "CBS", lambda rng: f"[client {_address(rng)}]",
)  # fmt: skip


def log(rng: random.Random) -> str:
    """Lines of one log: one form of time, one order of fields, a few kinds of message."""
    form, fields = rng.randrange(14), rng.choices(_FIELDS, k=rng.randint(0, 4))
    lines = [
        " ".join([_time(form, rng), *(field(rng) for field in fields), _message(rng)]).strip()
        for _ in range(rng.choice((1, 3, 8, 20)))
    ]
    if rng.random() < 0.1:
        at = rng.randint(1, len(lines))
        lines[at:at] = [f"{_package(rng)}Exception: {_message(rng)}"] + [
            f"\tat {_package(rng)}.{rng.choice(_DOES)}({_camel(rng)}.java:{rng.randint(10, 900)})"
            for _ in range(rng.randint(2, 8))
        ]
    return "\n".join(lines)


def _cell(kind: int, rng: random.Random) -> str:
    return rng.choice((
        lambda: str(rng.randint(0, 1)), lambda: str(rng.randint(0, 100)), lambda: str(rng.randint(1000, 999_999)), lambda: f"{rng.random() * 10 ** rng.randint(0, 4):.{rng.choice((1, 2, 3))}f}",
        lambda: repr(rng.random() * 10 ** rng.randint(0, 4)), lambda: repr(-rng.random()), lambda: rng.choice(_WORDS), lambda: rng.choice(("", "NA", "0")), lambda: f"{rng.choice(_WORDS)} {rng.choice(_WORDS)}",
        lambda: f"{rng.randint(1950, 2026)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}", lambda: f"{rng.choice('ABCXYZ')}{rng.randint(1, 999):03d}", lambda: str(rng.randint(1900, 2026)),
    )[kind:kind + 1])()  # fmt: skip


def table(rng: random.Random) -> str:
    """A table with a header, its cells by columns of one kind."""
    names = [
        rng.choice((word, word, word.upper(), word.title(), f"{word}{rng.randint(1, 9)}", f"l{word[:4]}", f"{word}_{rng.choice(_PARTS)}"))
        for word in rng.choices(_COLUMNS + _PARTS, k=rng.randint(2, 18))
    ]  # fmt: skip
    kinds = [rng.randrange(12) for _ in names]
    between = rng.choice((",", ",", ",", ",", "\t", ";", " | ", ", "))
    number = rng.random() < 0.6
    if number:
        names.insert(0, rng.choice(("rownames", "", "id", "row", "#")))
    rows = [
        ([str(i)] if number else []) + [_cell(kind, rng) for kind in kinds]
        for i in range(1, rng.choice((3, 6, 12, 25)))
    ]
    if rng.random() < 0.2:
        names = [f'"{name}"' for name in names]
    return "\n".join(between.join(row) for row in ([names, *rows] if rng.random() < 0.95 else rows))


def settings(rng: random.Random) -> str:
    """Settings, lists of packages and listings of folders."""
    kind = rng.randrange(4)
    lines = []
    for _ in range(rng.randint(3, 20)):
        name, version = f"{rng.choice(_PARTS)}-{rng.choice(_PARTS)}", f"{rng.randint(0, 9)}.{rng.randint(0, 30)}.{rng.randint(0, 9)}"  # fmt: skip
        lines.append((
            f"{rng.choice(_PARTS)}.{rng.choice(_PARTS)}={_value(rng)}", f"{name}@^{version}:\n  version \"{version}\"\n  integrity sha512-{_hex(rng, 40)}",
            f"-rw-r--r-- 1 {rng.choice(_USERS)} {rng.choice(_USERS)} {rng.randint(1, 999_999):8} {_time(3, rng)} {name}.txt", f"  {rng.choice(_PARTS)}: {_value(rng)}",
        )[kind])  # fmt: skip
    return "\n".join(lines)


KINDS = {"log": log, "table": table, "settings": settings}
