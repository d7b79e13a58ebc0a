"""A model as bytes, to be kept between a whole run and the records that change after it."""

from io import BytesIO

import numpy as np

from directory.rules.matching.facts import IdentityLevel
from directory.rules.matching.matching import Model
from directory.rules.matching.statistics import Statistics, Table
from directory.rules.matching.weights import Weights

_TABLES = ("words", "phones", "links")


def model_bytes(model: Model) -> bytes:
    written = BytesIO()
    tables = {name: getattr(model.statistics, name) for name in _TABLES}
    np.savez_compressed(
        written,
        level=np.array(model.level.value),
        start=np.array(model.weights.start),
        grid=model.weights.grid,
        records=np.array(model.statistics.records),
        **{f"{name}_keys": table.keys for name, table in tables.items()},
        **{f"{name}_counts": table.counts for name, table in tables.items()},
    )
    return written.getvalue()


def model_of(kept: bytes) -> Model:
    """Raise `ValueError` for what is no kept model; nothing in it is run."""
    with np.load(BytesIO(kept), allow_pickle=False) as read:
        tables = (Table(read[f"{name}_keys"], read[f"{name}_counts"]) for name in _TABLES)
        statistics = Statistics(int(read["records"]), *tables)
        return Model(IdentityLevel(str(read["level"])), Weights(float(read["start"]), read["grid"]), statistics)
