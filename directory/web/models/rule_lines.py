"""The lines of a rule's condition in a form: posted ones read, added, taken out, and shown with what each may be compared with."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from directory.domain.categories import tree
from directory.rules.catalogue import Field, Kind
from directory.rules.conditions import WrongCondition, check_condition
from directory.rules.sets.builder import KNOWN, OPS, Built, Group, Item, Kept, Row
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signal_tables.making import CATEGORY_CHOICES
from directory.rules.sets.signals import catalogue_of, signals_of
from directory.web.languages import language
from directory.web.rule_words import told, when_words
from directory.web.wording import _

MOST_LINES = 60
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """`name`: of its fields, "w.2" or "w.2.0"; `place` the same without the "w."; `choices`: (value, words, chosen); `typed`: names of
    categories, None where there are none to type. `hint`: where its value comes from."""

    name: str
    place: str
    signal: str
    label: str
    hint: str
    ops: Pairs
    op: str
    value: str
    to: str
    unit: str
    choices: tuple[tuple[str, str, bool], ...]
    typed: str | None
    wrong: str
    takes_number: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    name: str
    place: str
    how: str
    lines: tuple[LineView, ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class KeptView:
    name: str
    place: str
    words: str
    raw: str


def read_items(posted: MultiDict[str, str], kind: SetKind) -> tuple[Item, ...]:
    """The lines that were posted, in their order."""
    return tuple(item for number in range(MOST_LINES) if (item := _item(posted, f"w.{number}", kind)) is not None)


def _item(posted: MultiDict[str, str], name: str, kind: SetKind) -> Item | None:
    what = posted.get(f"{name}.is", "")
    if what == "kept":
        try:
            raw = json.loads(posted.get(f"{name}.json", ""))
            check_condition(raw, catalogue_of(kind))
        except (ValueError, RecursionError, WrongCondition):
            return None
        return Kept(raw)
    if what == "group":
        how = posted.get(f"{name}.how", "any")
        rows = tuple(row for number in range(MOST_LINES) if isinstance(row := _item(posted, f"{name}.{number}", kind), Row))
        return Group(how if how in ("all", "any", "none") else "any", rows)
    if what != "row" or posted.get(f"{name}.signal", "") not in catalogue_of(kind):
        return None
    several = tuple(dict.fromkeys(posted.getlist(f"{name}.chosen")))
    op, value, to = (posted.get(f"{name}.{part}", "")[:40] for part in ("op", "value", "to"))
    return Row(posted.get(f"{name}.signal", "")[:80], op, value, to, several)


def typed_categories(built: Built, posted: MultiDict[str, str], kind: SetKind, reader: str) -> tuple[Built, dict[str, str]]:
    """The lines with the categories that were typed by name, and what is wrong with those that are none."""
    wrongs: dict[str, str] = {}

    def row(found: Row, place: str) -> Row:
        text = posted.get(f"w.{place}.typed")
        if text is None or not _takes_categories(found.signal, kind):
            return found
        slugs = []
        for name in filter(None, (part.strip() for part in text.split(","))):
            slug = name if name in CATEGORY_CHOICES else tree.find_category(name, reader)
            if slug is None:
                wrongs[f"w.{place}"] = _("“%(name)s” is no category that is known here. The list of needs has them all.", name=name[:60])
            else:
                slugs.append(slug)
        return replace(found, chosen=tuple(dict.fromkeys(slugs)))

    items: list[Item] = []
    for number, item in enumerate(built.items):
        if isinstance(item, Row):
            items.append(row(item, str(number)))
        elif isinstance(item, Group):
            items.append(Group(item.how, tuple(row(each, f"{number}.{place}") for place, each in enumerate(item.rows))))
        else:
            items.append(item)
    return Built(built.how, tuple(items)), wrongs


def _takes_categories(signal: str, kind: SetKind) -> bool:
    field = catalogue_of(kind).get(signal)
    return field is not None and field.kind in (Kind.CHOICE, Kind.SET) and (field.choices is CATEGORY_CHOICES or not field.choices)


def changed_items(built: Built, do: str, posted: MultiDict[str, str], kind: SetKind) -> Built:
    """After a button: "row" and "row:2" add a line (to a group), "group" adds a group, "drop:2.0" takes out."""
    act, _colon, place = do.partition(":")
    items = list(built.items)
    if act == "group":
        items.append(Group("any", ()))
    elif act == "row":
        row = _new_row(posted.get(f"w.{place}.new" if place else "w.new", ""), kind)
        group = items[int(place)] if place.isdecimal() and int(place) < len(items) else None
        if row is not None and isinstance(group, Group):
            items[int(place)] = Group(group.how, (*group.rows, row))
        elif row is not None and not place:
            items.append(row)
    elif act == "drop":
        first, _dot, second = place.partition(".")
        if first.isdecimal() and int(first) < len(items):
            group = items[int(first)]
            if second.isdecimal() and isinstance(group, Group):
                items[int(first)] = Group(group.how, tuple(row for number, row in enumerate(group.rows) if number != int(second)))
            elif not second:
                items.pop(int(first))
    return Built(built.how, tuple(items[:MOST_LINES]))


def _new_row(signal: str, kind: SetKind) -> Row | None:
    field = catalogue_of(kind).get(signal)
    return Row(signal, OPS[field.kind][0]) if field is not None else None


def line_views(built: Built, kind: SetKind, wrongs: Mapping[str, str]) -> tuple[LineView | GroupView | KeptView, ...]:
    return tuple(_views(built, kind, wrongs))


def _views(built: Built, kind: SetKind, wrongs: Mapping[str, str]) -> Iterator[LineView | GroupView | KeptView]:
    for number, item in enumerate(built.items):
        place = str(number)
        if isinstance(item, Row):
            yield _line(item, place, kind, wrongs)
        elif isinstance(item, Group):
            lines = tuple(_line(row, f"{place}.{at}", kind, wrongs) for at, row in enumerate(item.rows))
            yield GroupView(f"w.{place}", place, item.how, lines, wrongs.get(f"w.{place}", ""))
        else:
            condition = check_condition(item.raw, catalogue_of(kind))
            yield KeptView(f"w.{place}", place, when_words(condition, kind), json.dumps(item.raw))


def _line(row: Row, place: str, kind: SetKind, wrongs: Mapping[str, str]) -> LineView:
    signal = signals_of(kind)[row.signal]
    field, by_name = signal.field, _takes_categories(row.signal, kind)
    reader = language()
    return LineView(
        name=f"w.{place}",
        place=place,
        signal=row.signal,
        label=told(field.label),
        hint=_("from %(source)s", source=told(signal.source)),
        ops=tuple((op, op_words()[op]) for op in OPS[field.kind]),
        op=row.op,
        value=row.value,
        to=row.to,
        unit=_unit(field),
        choices=() if by_name else tuple((value, told(words), value in row.chosen) for value, words in field.choices.items()),
        typed=", ".join(tree.name(slug, reader) if slug in CATEGORY_CHOICES else slug for slug in row.chosen) if by_name else None,
        wrong=wrongs.get(f"w.{place}", ""),
        takes_number=field.kind in (Kind.NUMBER, Kind.DATE) and row.op not in KNOWN,
    )


def _unit(field: Field) -> str:
    return "%" if field.unit == "share" else told(field.unit) if field.unit else ""


def signal_pairs(kind: SetKind) -> Pairs:
    """Everything that a line may be about, by its words."""
    return tuple(sorted(((name, _named(signal.field)) for name, signal in signals_of(kind).items()), key=lambda pair: pair[1].casefold()))


def _named(field: Field) -> str:
    unit = _unit(field)
    return f"{told(field.label)} ({unit})" if unit else told(field.label)


def op_words() -> Mapping[str, str]:
    return {
        "lt": _("less than"),
        "lte": _("at most"),
        "gt": _("more than"),
        "gte": _("at least"),
        "range": _("between (both count)"),
        "eq": _("exactly"),
        "ne": _("anything but"),
        "in": _("is one of"),
        "not_in": _("is none of"),
        "has_any": _("has any of"),
        "has_all": _("has all of"),
        "has_none": _("has none of"),
        "yes": _("is so"),
        "no": _("is not so"),
        "before": _("before"),
        "after": _("after"),
        "is_known": _("is known"),
        "is_unknown": _("is not known"),
    }


def how_pairs() -> Pairs:
    return (("all", _("all of these hold")), ("any", _("at least one of these holds")), ("none", _("none of these holds")))
