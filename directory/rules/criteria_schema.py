"""The form of criteria as a JSON Schema (draft 2020-12), made from the catalogue of facts: for whoever writes criteria in another program.

What the schema accepts is of the right shape; the checker (`criteria.check_criteria`) says the rest: how deep, how many, and in words.
"""

from typing import Any

from directory.rules.catalogue import COMPARISONS, Field, Kind, Op
from directory.rules.conditions import MOST_CONDITIONS
from directory.rules.criteria import DOCUMENTS, LONGEST_TEXT, MOST_CRITERIA, MOST_DOCUMENTS, MOST_QUESTIONS, REFERRERS, SCHEMA, By, Strength
from directory.rules.facts import FACTS
from directory.rules.operands import CURRENCIES, LONGEST_SENTENCE, LONGEST_WORD, MOST_VALUES, Measure, Per

Json = dict[str, Any]


def criteria_schema() -> Json:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Whom a program is for",
        "type": "object",
        "required": ["schema"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "open_to_all": {"type": "boolean"},
            "criteria": _many(_criterion(), MOST_CRITERIA),
            "questions": _many(_object({"id": _text(), "text": _text(), "question": _text()}, "id", "text", "question"), MOST_QUESTIONS),
            "referral": {"anyOf": [{"type": "null"}, _object({"required": {"type": "boolean"}, "from": _some(REFERRERS)}, "required")]},
            "documents": _many(
                _object({"code": {"enum": [*DOCUMENTS]}, "need": {"enum": ["required", "helpful"]}, "or": _some(DOCUMENTS)}, "code"),
                MOST_DOCUMENTS,
            ),
        },
        "$defs": {"condition": _condition()},
    }


def _criterion() -> Json:
    said = {"by": {"enum": [each.value for each in By]}, "text": {"type": "string", "maxLength": LONGEST_TEXT}, "confirmed_on": _day()}
    parts: Json = {
        "id": {"type": "string", "minLength": 1, "maxLength": 60},
        "when": {"$ref": "#/$defs/condition"},
        "strength": {"enum": [each.value for each in Strength]},
        "said": _object(said, "by"),
    }
    return _object(parts, "id", "when", "said")


def _condition() -> Json:
    inner = {"$ref": "#/$defs/condition"}
    group = {"type": "array", "minItems": 1, "maxItems": MOST_CONDITIONS, "items": inner}
    groups = [_object({"all": group}, "all"), _object({"any": group}, "any"), _object({"not": inner}, "not")]
    return {"anyOf": [*groups, *(_comparison(field, op) for field in FACTS.values() for op in FACTS.ops(field.kind))]}


def _comparison(field: Field, op: Op) -> Json:
    return _object({"field": {"const": field.name}, "op": {"const": op.value}, "value": _value(field, op)}, "field", "op", "value")


def _value(field: Field, op: Op) -> Json:
    if op is Op.MEETS:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_SENTENCE}
    number = {"type": "number", "minimum": field.least, "maximum": field.most}
    if op is Op.RANGE:
        return {**_object(dict.fromkeys(("gte", "gt", "lt", "lte"), number)), "minProperties": 1}
    if field.kind is Kind.NUMBER:
        return number
    if field.kind is Kind.MONEY and op in COMPARISONS:
        amount = {
            "amount": {"type": "number", "minimum": 0},
            "currency": {"enum": [*CURRENCIES]},
            "per": {"enum": [each.value for each in Per]},
        }
        year = {"anyOf": [{"type": "integer", "minimum": 1990, "maximum": 2200}, {"type": "null"}]}
        share = {
            "percent": {"type": "number", "minimum": 1, "maximum": 1000},
            "of": {"enum": [each.value for each in Measure]},
            "year": year,
        }
        return {"anyOf": [_object(amount, "amount", "currency"), _object(share, "percent", "of")]}
    if field.kind is Kind.YES_NO:
        return {"type": "boolean"}
    word: Json = {"enum": [*field.choices]} if field.choices else {"type": "string", "minLength": 1, "maxLength": LONGEST_WORD}
    return word if op in (Op.EQ, Op.NE) else {"type": "array", "minItems": 1, "maxItems": MOST_VALUES, "items": word}


def _object(parts: Json, *required: str) -> Json:
    return {"type": "object", "required": [*required], "additionalProperties": False, "properties": parts}


def _many(item: Json, most: int) -> Json:
    return {"type": "array", "maxItems": most, "items": item}


def _some(names: Any) -> Json:
    return {"type": "array", "items": {"enum": [*names]}}


def _text() -> Json:
    return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


def _day() -> Json:
    return {"anyOf": [{"type": "null"}, {"type": "string", "format": "date"}]}
