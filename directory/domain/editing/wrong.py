"""What is wrong with a value that somebody wrote: one sentence that names the field and says what would be right."""

from directory.domain.sentences import Sentence, say


class Wrong(Exception):
    """A checker's word on a value. `sentence` may be said in the reader's language."""

    def __init__(self, template: str, **values: object) -> None:
        self.sentence: Sentence = say(template, **values)
        super().__init__(str(self.sentence))
