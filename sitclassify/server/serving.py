"""A server from its start to its end: socket, workers, signals.

SIGTERM and SIGINT: no new connections, requests in progress are answered. SIGHUP: catalogue and policies are
read again, in every worker; nobody notices but the next answer.
"""

from __future__ import annotations

import functools
import logging.config
import os
import resource
import signal
import socket

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from sitclassify.errors import ConfigurationError
from sitclassify.server import core, logs
from sitclassify.server.app import check, create_app
from sitclassify.server.connection import Connection
from sitclassify.server.keys import Keys
from sitclassify.server.settings import Settings

_SPARE_FILES = 256  # descriptors besides those of the connections
_BACKLOG = 4096  # connections the kernel holds until a worker takes them


def serve(settings: Settings) -> None:
    """Serve until a signal says stop. Raises `SitclassifyError` and `OSError` before the first request."""
    check(settings)
    _allow_files(settings.max_connections + _SPARE_FILES)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.create_server(
        (settings.host, settings.port), family=family, backlog=_BACKLOG
    ) as listener:
        logging.config.dictConfig(logs.configuration())
        host, port = listener.getsockname()[:2]
        logs.Log().state("listen", host=host, port=port, workers=settings.workers)
        if settings.workers == 1:
            Server(_config(settings, create_app(settings))).run([listener])
            return
        _check(settings)  # here, once, where the message is seen
        config = _config(settings, functools.partial(create_app, settings), factory=True)
        _Workers(config, [listener]).run()


def _config(settings: Settings, app: object, *, factory: bool = False) -> Config:
    return Config(
        app,  # type: ignore[arg-type]
        factory=factory,
        interface="asgi3",
        http=Connection,
        ws="none",
        workers=settings.workers,
        log_config=logs.configuration(),
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=int(settings.stop_seconds),
        timeout_worker_healthcheck=30,  # a worker that compiles a catalogue is busy, not dead
    )


class _Workers(Multiprocess):
    """uvicorn's workers; a hang-up is passed on to them instead of replacing them."""

    def handle_hup(self) -> None:
        """Every worker reloads, and goes on answering while it does."""
        for process in self.processes:
            if process.pid is not None:
                os.kill(process.pid, signal.SIGHUP)


def _check(settings: Settings) -> None:
    """Load once what the workers will load, so that a mistake is told once and a compilation done once."""
    core.load(settings)
    if settings.keys is not None:
        Keys(settings.keys)


def _allow_files(wanted: int) -> None:
    """As many open files as connections are allowed. Raises `ConfigurationError` where the system forbids it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= wanted:
        return
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise ConfigurationError(
            f"{wanted} open files are needed and {hard} allowed: lower --max-connections or raise `ulimit -Hn`"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
