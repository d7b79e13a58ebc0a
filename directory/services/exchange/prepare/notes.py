"""Where the cleaners say what they mended or left out; one `Notes` goes along with one record of a feed."""

from directory.services.exchange.records import Problem, Severity, Where


class Notes:
    """Collects problems. `kind`, `where`, `path` and `field` name what is being looked at just now."""

    __slots__ = ("field", "kind", "path", "problems", "where")

    def __init__(self, where: Where) -> None:
        self.problems: list[Problem] = []
        self.where = where
        self.path = where.path
        self.kind = ""
        self.field = ""

    def repaired(self, message: str) -> None:
        self._say(message, Severity.REPAIRED)

    def noted(self, message: str) -> None:
        self._say(message, Severity.NOTED)

    def rejected(self, message: str) -> None:
        self._say(message, Severity.REJECTED)

    def _say(self, message: str, severity: Severity) -> None:
        where = Where(self.where.file, self.where.line, self.path)
        self.problems.append(Problem(self.kind, where, self.field, message, severity))
