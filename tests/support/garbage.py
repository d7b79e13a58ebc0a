"""How often a run looks for garbage: what collecting the tests made lives to the end, and looking through it was a fifth of a run.

Garbage is still collected, so that a file or a connection that a test leaves open still fails it; only less often, and without looking each
time through thousands of modules, tests and schemas.
"""

import gc

THRESHOLDS = (20_000, 20, 10)


def settle() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
