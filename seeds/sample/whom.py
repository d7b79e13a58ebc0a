"""Whom a made-up service is for, as data: criteria that say what its words say, for a little more than half of the services.

The rest stay silent, as most listings do. Everything here is drawn from a stream of its own, named by the id of the service, so that it
changes nothing else that is drawn.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from directory.rules.criteria import SCHEMA, By
from seeds.sample.disclosures import disclosures
from seeds.sample.draw import Draw
from seeds.sample.setting import Telling
from seeds.sample.words import Audience, Besides, Form, Offer, Pair, papers, referrers

SAYS, SAYS_OF_MANY = 0.58, 0.42
"""Share of services with criteria: of those for some people, and of those for everyone or everyone near."""
_MANY = frozenset({"anyone", "residents"})
BY_OWNER, BY_SOURCE = 0.70, 0.17  # else read in the words of who can come; where there are none, by the source
NO_REFERRAL_SAID = 0.3
LATEST_DAYS, EARLIEST_DAYS = 3, 330

Data = dict[str, Any]
SERVED = "{served}"
_NO_WORDS = ("", "")


@dataclass(frozen=True, slots=True)
class For:
    """Whom it is for, as far as the words say it."""

    offer: Offer
    audience: Audience
    besides: Besides | None = None


def whom(data: Data, said: For, first: int, telling: Telling, today: date, *, drawn_as: str = "") -> Data:
    """`criteria`, where it has any, and what it asks and tells where that is known. `data`: the service so far; `drawn_as`: the id of the
    service whose chance it shares, so that what is listed twice says the same."""
    draw = Draw(f"{drawn_as or data['id']} who can come")
    writing = _Writing(draw, data, said, first, telling, today)
    likely = SAYS_OF_MANY if said.audience.key in _MANY else SAYS
    speaks = draw.random() < likely or writing.is_milder_than_its_ages
    found = {"criteria": writing.criteria()} if speaks else {}
    return found | disclosures(draw, data, said.offer, said.audience)


@dataclass(frozen=True, slots=True)
class _Writing:
    """One service's criteria being written, in its own language."""

    draw: Draw
    data: Data
    said: For
    first: int
    telling: Telling
    today: date

    def criteria(self) -> Data:
        form = self.draw.one(self.said.audience.forms)
        by = self._by()
        told = [(form, self._words(self.said.audience.text)), *self._besides(), *self._of_the_offer(by)]
        confirmed_on = self._confirmed_on() if by is By.OWNER else None
        source = {"by": by.value, "confirmed_on": confirmed_on}
        rows = [self._criterion(row, words, source) for part, words in told for row in part.get("criteria", ())]
        rows = [row for row in rows if by is not By.TEXT or row["said"]["text"]]  # nobody reads what is not written
        questions = [self._question(row, words) for part, words in told for row in part.get("questions", ())]
        hard = [row for row in rows if row["strength"] == "hard"]
        return {
            "schema": SCHEMA,
            "open_to_all": bool(form.get("open")) and not hard,
            "criteria": [{"id": f"c{number}", **row} for number, row in enumerate(rows, start=1)],
            "questions": [{"id": f"q{number}", **row} for number, row in enumerate(questions, start=1)],
            "referral": self._referral(form),
            "documents": self._documents(form),
        }

    def _by(self) -> By:
        drawn = self.draw.random()
        if drawn < BY_OWNER:
            return By.OWNER
        has_words = "eligibility_description" in self.data
        return By.SOURCE if drawn < BY_OWNER + BY_SOURCE or not has_words else By.TEXT

    def _confirmed_on(self) -> str:
        """The day on which the owner last found the listing right, or another of the past months."""
        if self.data.get("verified_how") == "owner":
            return str(self.data["verified_at"])[:10]
        return (self.today - timedelta(days=self.draw.between(LATEST_DAYS, EARLIEST_DAYS))).isoformat()

    def _words(self, text: Pair) -> Pair:
        return text if "eligibility_description" in self.data else _NO_WORDS

    def _besides(self) -> Iterator[tuple[Form, Pair]]:
        """What was asked besides counts where the listing says it."""
        if self.said.besides and "eligibility_description" in self.data:
            yield self.said.besides.form, self.said.besides.text

    def _of_the_offer(self, by: By) -> Iterator[tuple[Form, Pair]]:
        """Criteria that a program read in the words of who it is for know nothing of the description."""
        if by is not By.TEXT:
            yield self.said.offer.form, _NO_WORDS

    def _criterion(self, row: Form, words: Pair, source: Data) -> Data:
        text = self._here(row["text"] if words[0] and "text" in row else words)
        when = self._settled(row["when"])
        if self._is_excepting:
            field = next(_fields(when))
            assert self.said.besides is not None
            when = {"any": [when, {"field": field, "op": "meets", "value": self._here(self.said.besides.text)}]}
        return {"when": when, "strength": row.get("strength", "hard"), "said": {**source, "text": text}}

    @property
    def is_milder_than_its_ages(self) -> bool:
        """Without criteria the ages of the standard would say no where its words make exceptions."""
        return self._is_excepting and ("minimum_age" in self.data or "maximum_age" in self.data)

    @property
    def _is_excepting(self) -> bool:
        return any(form.get("excepting") for form, _words in self._besides())

    def _question(self, row: Form, words: Pair) -> Data:
        question = self._here(row["question"])
        return {"text": self._here(row.get("text", words)) or question, "question": question}

    def _here(self, pair: Iterable[str]) -> str:
        english, french = pair
        return self.telling.here((english, french))[self.first]

    def _settled(self, raw: Any) -> Any:
        """A condition with the areas, currency and codes of the place it is in, and words in the listing's language."""
        if isinstance(raw, Mapping):
            is_worded = raw.get("op") == "meets"
            return {key: self._here(value) if is_worded and key == "value" else self._settled(value) for key, value in raw.items()}
        if isinstance(raw, list):
            settled = [self._settled(each) for each in raw]
            return [word for each in settled for word in (each if isinstance(each, tuple) else (each,))]
        if raw == SERVED:
            return self._served() or tuple(self._settled(self.draw.one((["{county}"], ["{city}", "{around}"]))))
        return self.telling.codes.get(raw, raw) if isinstance(raw, str) else raw

    def _served(self) -> tuple[str, ...]:
        """The areas that the listing serves, where it names them all by their ids."""
        ids = [row.get("area_id") for row in self.data.get("service_areas", ())]
        return tuple(str(area) for area in ids) if all(ids) else ()

    def _referral(self, form: Form) -> Data | None:
        """Needed where its ways in say so; without words about ways in nobody knows."""
        ways = self.data.get("ways_in", ())
        sources = form.get("referral") or self.said.offer.form.get("referral")
        if "referral" in form or "referral_only" in ways:
            return {"required": True, "from": list(sources or referrers())}
        return {"required": False, "from": []} if ways and self.draw.random() < NO_REFERRAL_SAID else None

    def _documents(self, form: Form) -> list[Data]:
        listed = self.said.offer.papers if "required_documents" in self.data else ()
        keys = dict.fromkeys([*form.get("papers", ()), *listed])
        return [{"need": "required", "or": [], **row} for key in keys for row in papers()[key]]


def _fields(when: Any) -> Iterator[str]:
    if "field" in when:
        yield when["field"]
    for part in (*when.get("all", ()), *when.get("any", ())):
        yield from _fields(part)
