"""Ids on the command line: with dashes, as pages show them, or without, as databases do; in small letters or capitals."""

from typing import Any

import click

from directory.domain.ids import usual_id


class RecordId(click.ParamType[str]):
    """The id of a record, as the directory writes it. Where nothing is given, nothing is read."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        written = str(value).strip()
        if not written:
            return ""
        return usual_id(written) or self.fail(
            f"“{written[:60]}” is no id: write the 32 digits and letters as pages and lists show them, with or without dashes.", param, ctx
        )


RECORD_ID = RecordId()
