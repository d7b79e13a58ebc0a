"""The signals of a program that are the same for whoever asks: how it answers, and what came of what it got."""

from collections.abc import Iterator

from directory.domain.suggesting.figures import SMALLEST, drawn_median, drawn_share
from directory.rules.sets.signals import Plain
from directory.services.suggesting.year import OfProgram, Usual


def told_of_program(program: OfProgram, usual: Usual) -> Iterator[tuple[str, Plain]]:
    """Of fewer than `SMALLEST` cases neither shares nor a median are told."""
    if len(program.answer_days) >= SMALLEST:
        yield "answers.working_days", round(drawn_median(program.answer_days, usual.answer_days), 1)
    yield "answers.cases", len(program.answer_days)
    yield "history.cases", program.ended
    if program.ended >= SMALLEST:
        for name, count, mean in (("accepted", program.accepted, usual.accepted), ("helped", program.helped, usual.helped)):
            yield f"history.{name}_share", round(drawn_share(count, program.ended, mean if mean is not None else 0.5), 3)
    yield "load.received_last_year", program.received
