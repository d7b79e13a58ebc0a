"""Where the log goes: standard error, one line an event: words on a terminal, JSON elsewhere. Nothing that people search is in it."""

import logging
import os
import sys

import structlog

_PLACES_OF_A_FAULT = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
"""A fault in the log tells where in the program it was; the values there may be what somebody searched."""

LEVELS = {"DEBUG": logging.DEBUG, "INFO": logging.INFO, "WARNING": logging.WARNING, "ERROR": logging.ERROR}


def _to_standard_error(*_: object) -> structlog.PrintLogger:
    """Asked for at each line, so that it goes to where standard error goes by then."""
    return structlog.PrintLogger(sys.stderr)


def set_up_logs(level: str = "") -> None:
    """Send everything of this level (default: LOG_LEVEL, else INFO) and above to standard error, so that output stays output."""
    least = LEVELS.get((level or os.environ.get("LOG_LEVEL", "")).upper(), logging.INFO)
    is_watched = sys.stderr.isatty()
    form = structlog.dev.ConsoleRenderer() if is_watched else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _PLACES_OF_A_FAULT if not is_watched else structlog.processors.StackInfoRenderer(),
            form,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=_to_standard_error,
        cache_logger_on_first_use=False,
    )
    of_libraries = least if least == logging.DEBUG else max(least, logging.WARNING)
    logging.basicConfig(level=of_libraries, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
