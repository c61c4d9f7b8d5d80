"""The ASGI application: the gate and its dialects around FastAPI, which describes them as OpenAPI.

The gate answers the operations itself, because FastAPI's own way through a request takes several times as long as a
scan (`benchmarks/server`); FastAPI is told of them so that `/openapi.json` is complete.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any

from fastapi import Body, FastAPI

from sitclassify import __version__
from sitclassify.errors import ConfigurationError
from sitclassify.server import record
from sitclassify.server.calls import Refused
from sitclassify.server.core import Core
from sitclassify.server.dialects import Dialect, Operation
from sitclassify.server.dialects.anonymizer import ANONYMIZER
from sitclassify.server.dialects.graph import GRAPH
from sitclassify.server.dialects.litellm import LITELLM
from sitclassify.server.dialects.native import NATIVE
from sitclassify.server.dialects.presidio import PRESIDIO
from sitclassify.server.gate import Gate
from sitclassify.server.keys import Keys
from sitclassify.server.logs import Log
from sitclassify.server.metrics import Metrics
from sitclassify.server.settings import Settings

DIALECTS = (
    NATIVE,
    LITELLM,
    GRAPH,
    PRESIDIO,
    ANONYMIZER,
)  # the first answers for what is no operation of any
_RESPONSES: dict[int | str, dict[str, Any]] = {
    400: {"description": "The body is no JSON, or no UTF-8."},
    401: {"description": "No key, or an unknown one."},
    408: {"description": "The body took too long to arrive."},
    413: {"description": "The body is too large."},
    415: {"description": "The body is compressed, or in another charset than UTF-8."},
    503: {"description": "Not checked: too much at a time, too late, or a fault of the server."},
}


def check(settings: Settings) -> None:
    """Raise `ConfigurationError` for settings that do not fit together."""
    names = [dialect.name for dialect in DIALECTS if dialect.can_pass]
    unknown = settings.fail_open - set(names)
    if unknown:
        raise ConfigurationError(
            f"unknown dialect '{min(unknown)}' in --fail-open; there are {', '.join(names)}"
        )
    record.check(settings)


def create_app(settings: Settings) -> Gate:
    """The application, its engine loaded. Raises `SitclassifyError` where that fails."""
    logging.captureWarnings(True)  # of policies that await SITs
    log = Log()
    core = Core(settings, Metrics(shared=settings.workers > 1), log)
    keys = None if settings.keys is None else Keys(settings.keys)
    return Gate(core, DIALECTS, described(core), keys, log)


def described(core: Core) -> FastAPI:
    """The OpenAPI document of all operations, and the start and stop of a worker."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        tasks: set[asyncio.Task[None]] = set()

        def on_hangup() -> None:
            tasks.add(task := asyncio.create_task(_reload(core)))
            task.add_done_callback(tasks.discard)

        with suppress(NotImplementedError, RuntimeError, ValueError):  # no signals here
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, on_hangup)
        core.log.state("start", version=core.engine.version)
        yield
        core.log.state("stop")
        core.close()

    app = FastAPI(
        title="sitclassify",
        version=__version__,
        description="Finds and grades sensitive information, and says what policies make of it.",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    for dialect in DIALECTS:
        for operation in dialect.operations:
            for path in operation.paths:
                _describe(app, dialect, operation, path)
    return app


async def _reload(core: Core) -> None:
    with suppress(Refused):  # logged where it was refused
        await core.reload()


def _describe(app: FastAPI, dialect: Dialect, operation: Operation, path: str) -> None:
    async def answered_by_the_gate(**_: Any) -> None: ...

    kind = inspect.Parameter.KEYWORD_ONLY
    asked = [inspect.Parameter(n, kind, annotation=str) for n in re.findall(r"{(\w+)}", path)]
    if operation.model is not None:
        body = Body(openapi_examples={"example": {"value": operation.example}})
        asked.append(inspect.Parameter("body", kind, annotation=Annotated[operation.model, body]))
    signature = inspect.Signature(asked)
    setattr(answered_by_the_gate, "__signature__", signature)  # noqa: B010 - what FastAPI reads
    app.add_api_route(
        path,
        answered_by_the_gate,
        methods=[operation.method],
        operation_id=f"{dialect.name}:{operation.name}:{path}",
        summary=operation.summary,
        description=operation.answer.__doc__,
        tags=[dialect.name],
        responses=_RESPONSES if operation.model is not None else {},
    )
