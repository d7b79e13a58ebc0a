"""What a check of `doctor` finds."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """`found` is said when all is well, `wrong` and `remedy` when it is not; `warning` and `remedy` when it could be better."""

    name: str
    found: str = ""
    wrong: str = ""
    remedy: str = ""
    warning: str = ""

    @property
    def ok(self) -> bool:
        return not self.wrong

    def shape(self) -> dict[str, Any]:
        return {"name": self.name, "ok": self.ok, "found": self.found, "wrong": self.wrong, "warning": self.warning, "remedy": self.remedy}
