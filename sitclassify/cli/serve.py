"""`sitclassify serve` and `sitclassify key`."""

from __future__ import annotations

import ipaddress
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from sitclassify.cli import options
from sitclassify.errors import ConfigurationError

MEGABYTE = 1_000_000


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: any free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    keys: Annotated[
        Path | None,
        typer.Option(help="File of those who may ask; made by `sitclassify key`."),
    ] = None,
    no_keys: Annotated[
        bool, typer.Option("--no-keys", help="Answer everybody, also off loopback.")
    ] = False,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            help="Policies to enforce: names or files, comma or repeated. [default: default]"
        ),
    ] = None,
    redaction_key: Annotated[
        Path | None,
        typer.Option(help="File with the key, in hex, of policies that hash or encrypt."),
    ] = None,
    audit: Annotated[
        Path | None, typer.Option(help="File that audit events are appended to, as JSON lines.")
    ] = None,
    audit_form: Annotated[
        str, typer.Option(help="event or ocsf, for FILE; otel: to OpenTelemetry, without FILE.")
    ] = "event",
    audit_collect: Annotated[
        list[str] | None,
        typer.Option(
            help="What events hold of a text: metadata, redacted or full; APPLICATION=KIND for one application, "
            "also none. Comma or repeated. [default: redacted]"
        ),
    ] = None,
    audit_key: Annotated[
        Path | None,
        typer.Option(help="File with the id and the key, in hex, of digests of values and texts."),
    ] = None,
    audit_mandatory: Annotated[
        bool,
        typer.Option("--audit-mandatory", help="Answer nothing whose event is not written."),
    ] = False,
    tenants: Annotated[
        list[str] | None,
        typer.Option(
            help="Tenants (GUID) that clients of Graph are answered for, comma or repeated; others get 402. "
            "[default: all]"
        ),
    ] = None,
    fail_open: Annotated[
        list[str] | None,
        typer.Option(help="Dialects that let pass what could not be checked, comma or repeated."),
    ] = None,
    max_body: Annotated[float, typer.Option(help="Megabytes of one request.")] = 10,
    max_held: Annotated[float, typer.Option(help="Megabytes of all requests at a time.")] = 256,
    max_connections: Annotated[int, typer.Option(min=1, help="Open connections.")] = 10_000,
    max_requests: Annotated[int, typer.Option(min=1, help="Requests in progress.")] = 1_000,
    header_seconds: Annotated[float, typer.Option(help="For a request's head to arrive.")] = 10,
    body_seconds: Annotated[float, typer.Option(help="For its body.")] = 30,
    answer_seconds: Annotated[float, typer.Option(help="For its answer.")] = 5,
    stop_seconds: Annotated[float, typer.Option(help="For what runs when told to stop.")] = 30,
    log_requests: Annotated[
        bool, typer.Option("--log-requests", help="A log line per request, without content.")
    ] = False,
    sits: options.Sits = None,
    min_confidence: options.MinConfidence = None,
    catalogue: options.CatalogueFolder = None,
    classifiers: Annotated[
        list[str] | None,
        typer.Option(help="Trained classifiers to run, comma or repeated; 'none' for none."),
    ] = None,
    entities: options.Entities = False,
    entities_from: options.EntitiesFrom = None,
    cache: options.CacheFolder = None,
) -> None:
    """Serve scans, decisions of policies and redaction over HTTP."""
    try:
        from sitclassify.server.serving import serve as run
        from sitclassify.server.settings import Settings
    except ModuleNotFoundError as error:
        told = f"serve needs '{error.name}': pip install 'sitclassify[server]'"
        raise ConfigurationError(told) from None
    if keys is None and not no_keys and not _is_loopback(host):
        raise ConfigurationError(
            f"{host} can be reached by others: make a key with `sitclassify key NAME --file keys` and pass "
            "`--keys keys`, or pass --no-keys"
        )
    asked = options.split(classifiers)
    settings = Settings(
        host=host,
        port=port,
        workers=workers,
        load={
            "sits": options.split(sits),
            "min_confidence": options.confidence(min_confidence),
            "catalogue": options.folders(catalogue),
            "classifiers": () if asked == ["none"] else asked,
            "entities": entities_from or entities,
            "cache": True if cache is None else cache,
        },
        keys=keys,
        policies=tuple(options.split(policy) or ("default",)),
        redaction_key=redaction_key,
        audit=audit,
        audit_form=audit_form,
        audit_collect=dict(map(_collection, options.split(audit_collect) or ())),
        audit_key=audit_key,
        audit_mandatory=audit_mandatory,
        tenants=frozenset(options.split(tenants) or ()),
        fail_open=frozenset(options.split(fail_open) or ()),
        max_body=int(max_body * MEGABYTE),
        max_held=int(max_held * MEGABYTE),
        max_connections=max_connections,
        max_requests=max_requests,
        header_seconds=header_seconds,
        body_seconds=body_seconds,
        answer_seconds=answer_seconds,
        stop_seconds=stop_seconds,
        log_requests=log_requests,
    )
    with tempfile.TemporaryDirectory(prefix="sitclassify-metrics-") as folder:
        if workers > 1:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        run(settings)


def key(
    name: Annotated[str, typer.Argument(help="Who it is for; told in logs and audit events.")],
    file: Annotated[Path, typer.Option(help="File of keys that the hash is added to.")],
    admin: Annotated[bool, typer.Option("--admin", help="May also reload.")] = False,
    tenant: Annotated[
        str | None,
        typer.Option(help="GUID; makes a key in the form of a JSON Web Token, for Graph clients."),
    ] = None,
    user: Annotated[str | None, typer.Option(help="GUID of the user in such a key.")] = None,
    application: Annotated[
        str | None, typer.Option(help="GUID of the application in such a key.")
    ] = None,
) -> None:
    """Make a key for the server and print it, once; the file keeps its hash only."""
    from sitclassify.server.keys import ADMIN, add_key

    if tenant is None and (user or application):
        raise ConfigurationError("--user and --application are for keys with --tenant")
    token = None
    if tenant is not None:
        told = {
            "tid": tenant,
            "oid": user,
            "appid": application,
            "idtyp": "user" if user else "app",
        }
        token = {name: value for name, value in told.items() if value}
    typer.echo(add_key(file, name, (ADMIN,) if admin else (), token))


def _collection(asked: str) -> tuple[str, str]:
    """Application, `*` for all that are not named, and what is collected of its texts."""
    application, _, kind = asked.rpartition("=")
    return application or "*", kind


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
