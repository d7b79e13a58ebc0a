"""Rules that hold and the signals that they may speak of, for the documentation."""

from marshmallow import Schema, fields

from directory.api.schemas.answering import many, one


class RuleSetLine(Schema):
    set = one("text", "Its name.")
    kind = one("text", "suggest, flag, route or quality.")
    title = one("text")
    version = one("count", "0: the set that comes with the program.")
    since = one("moment", "When it became active.", null=True)
    rules = one("count", "How many of its rules are on.")
    url = one("text")
    href = one("text")


class RuleSets(Schema):
    language = one("text")
    sets = many(RuleSetLine)


class RuleSentence(Schema):
    id = one("text")
    sentence = one("text")


class RuleSet(RuleSetLine):
    language = one("text")
    sentences = many(RuleSentence, "Of the rules that are on, in their order.")
    document = one("object", "The rule set as data, with the examples that it was tried on.")


class SignalChoice(Schema):
    value = one("text")
    words = one("text")


class Signal(Schema):
    name = one("text")
    type = one("text", "number, choice, set, yes_no or date.")
    label = one("text")
    unit = one("text", "share: a number from 0 to 1.", null=True)
    source = one("text", "Where its value comes from.")
    used_in = fields.List(fields.String(), required=True, metadata={"description": "The kinds of sets that may speak of it."})
    choices = many(SignalChoice, "Empty where any category may stand.")
    cases = one("text", "The signal that says of how many cases it is.", null=True)
    is_history = one("flag", "It rests on what happened between two organizations before; all such points together are at most 10.")
    sensitive = one("flag", "It comes near to a person; nothing of it leaves the page of the person's own worker.")


class SignalCatalogue(Schema):
    language = one("text")
    signals = many(Signal)
