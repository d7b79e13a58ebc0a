"""The answer to a search, for the documentation."""

from marshmallow import Schema, fields

from directory.api.schemas.answering import Address, GettingIn, Named, Phone, PlaceAnswer, Room, Source, many, one


class Reason(Schema):
    code = one("text")
    data = one("object")


class Result(GettingIn):
    """One service at the place of it that fits best."""

    service_id = one("id")
    url = one("text", "Its page, as a path.")
    href = one("text", "The whole of it as JSON, as a path.")
    name = one("text")
    organization = one("text", null=True)
    organization_id = one("id", null=True)
    organization_url = one("text", null=True)
    sector = one("text", null=True)
    place = one("text", "null: not known, or not published.", null=True)
    location_id = one("id", null=True)
    address = one(Address, null=True)
    latitude = one("number", null=True)
    longitude = one("number", null=True)
    point_kind = one("text", "What the point stands for: address, postal_code, city …", null=True)
    confidential = one("flag", "Where it is, is told to nobody.")
    distance_km = one("number", "Straight line.", null=True)
    serves_here = one("flag", "null: not stated, or no place was asked for.", null=True)
    description = one("text", null=True)
    snippet = one("text", "HTML: escaped text, matched words in <mark>.", null=True)
    snippet_language = one("text", "The language of `snippet` (BCP 47); null when it is not known.", null=True)
    alert = one("text", null=True)
    eligibility = one("text", "yes, no or ask: whether it is for the person of whom `facts` tell; null without facts.", null=True)
    eligibility_description = one("text", "The listing's own words on whom it is for.", null=True)
    probably_not = one("flag", "The listing says otherwise, but nobody who may has confirmed it; it is among ask.", null=True)
    settles = many("text", "Facts that would settle an ask, the most telling first; see `/facts`.")
    minimum_age = one("number", null=True)
    maximum_age = one("number", null=True)
    cost = many("text")
    fees = one("text", null=True)
    remote = many("text")
    languages = many("text")
    accessibility = many("text")
    categories = many(Named)
    phones = many(Phone)
    website = one("text", null=True)
    email = one("text", null=True)
    room = one(Room, "Room as last told, while it is known.", null=True)
    verified_on = one("day", "null: never, as far as known.", null=True)
    verified_how = one("text", null=True)
    source = one("text", "A key of `sources`.", null=True)
    unknown = many("text", "Filters that it is silent about.")
    why = many("text", "Why it is listed.")
    reasons = many(
        Reason, "The same as codes; with `facts` first those of each criterion: fits, asks, probably_not, does_not_fit, comes_first."
    )


class FacetValue(Schema):
    value = one("text")
    label = one("text")
    count = one("count", "Places.")
    chosen = one("flag")


class FacetGroup(Schema):
    values = many(FacetValue)
    unknown = one("count", "Places that are silent on it; they are kept.")


class Chip(Schema):
    kind = one("text")
    code = one("text")
    words = one("text", null=True)
    field = one("text", null=True)
    ignore = one("text", "Give it back as `ignore` to search the words as words.", null=True)
    data = one("object")


class Concept(Schema):
    """A need understood from plain words; what lies under its category is found beside what the words find."""

    category = one("text", "A slug of `/categories`.")
    name = one("text")
    words = one("text", "The words it rests on, as they were typed.")
    score = one("number", "How sure it is, from 0 to 1.")
    ignore = one("text", "Give it back as `ignore` to take the need back.")


class Understood(Schema):
    words = one("text", "What was searched as words.")
    words_dropped = many("text", "Words left out, since all together found nothing.")
    place = fields.Nested("KnownPlace", required=True, allow_none=True)
    place_question = one(PlaceAnswer, "The place is not known, or may be several; the search is not around any.", null=True)
    chips = many(Chip)
    concepts = many(Concept, "Needs understood from the words; each is among the chips too.")


class Relaxation(Schema):
    field = one("text")
    total = one("count")


class CrisisNumber(Schema):
    number = one("text", "As people dial it.")
    name = one("text")
    when = one("text", "What it is for and when it answers.", null=True)
    text_number = one("text", null=True)
    emergency = one("flag")
    kinds = many("text", "The dangers it is for; empty: any.")


class DangerAdvice(Schema):
    kind = one("text")
    text = one("text", "What to do first, in one sentence.")
    source = one("text", "Who says so.")
    source_page = one("text")
    source_address = one("text")
    source_read_on = one("day")


class Danger(Schema):
    """Show it above everything else, apart from the results."""

    level = one("text", "said: the words speak of it. near: they only come near it; one calm line is enough.")
    kinds = many("text", "overdose, violence_now, suicide, child_at_risk, withdrawal or trafficking; the most urgent first.")
    numbers = many(CrisisNumber, "Whom to call here, the emergency number first; empty where the community has set none.")
    advice = many(DangerAdvice)


class Nearest(Schema):
    """With no results within the distance: the nearest match, and the next round distance that holds it."""

    distance_km = one("number", "Straight line.")
    place = one("text", "null: not known.", null=True)
    within_km = one("number", "Ask with it to find `total`; 0: any distance.")
    total = one("count")


class OtherNeed(Schema):
    category = one("text", "A slug.")
    name = one("text")
    total = one("count", "Services, with all else as it was asked.")


class Links(Schema):
    """Paths of this search at other pages."""

    self = one("text")
    first = one("text")
    prev = one("text", null=True)
    next = one("text", null=True)
    last = one("text")


class NextQuestion(Schema):
    fact = one("text", "A name of `/facts`.")
    question = one("text", "In plain words.")
    reason = one("text", "Why it is asked, for a sensitive one.", null=True)
    settles = one("number", "How many of the programs that ask it is expected to settle.")


class Fit(Schema):
    """How the foremost results fit the person, exactly; with `exact` those are all."""

    yes = one("count")
    ask = one("count")
    probably_not = one("count", "Among those that ask.")
    unfit = one("count", "Left out, since they are not for the person; ask with `unfit` to see them and why.")
    exact = one("flag")
    next_question = one(NextQuestion, null=True)


class Choice(Schema):
    value = one("text")
    label = one("text")


class Fact(Schema):
    """Something that may be told of the person that help is looked for."""

    name = one("text")
    type = one("text", "number, choice, set, yes_no, area or money.")
    unit = one("text", null=True)
    label = one("text")
    question = one("text")
    reason = one("text", "Why it is asked, for a sensitive one.", null=True)
    sensitive = one("flag", "Ask it last, and never require it.")
    repeats = one("flag", "There may be several values, as of children's ages.")
    min = one("number", null=True)
    max = one("number", null=True)
    choices = many(Choice)
    currency = fields.List(fields.String(), metadata={"description": "Of money: the currencies that are understood (ISO 4217)."})
    per = fields.List(fields.String(), metadata={"description": "Of money: the periods that are understood."})


class CriteriaSchema(Schema):
    """A JSON Schema (draft 2020-12)."""

    class Meta:
        include = {  # noqa: RUF012  # names that are none in Python
            "$schema": one("text"),
            "$defs": one("object"),
        }

    title = one("text")
    type = one("text")
    required = many("text")
    additionalProperties = one("flag")  # noqa: N815
    properties = one("object")


class Facts(Schema):
    facts = many(Fact)


class Eligibility(Schema):
    """What one program says to a person."""

    eligibility = one("text", "yes, no or ask.")
    probably_not = one("flag")
    comes_first = one("flag", "The program puts people like them first.")
    reasons = many(Reason)
    settles = many("text")
    questions = fields.List(fields.Dict(), required=True, metadata={"description": "Questions of the listing's own that no fact answers."})
    next_question = one(NextQuestion, null=True)


class SearchAnswer(Schema):
    danger = one(Danger, "The words speak of danger or come near it: whom to call. null: neither.", null=True)
    total = one("count", "Services.")
    total_exact = one("flag")
    page = one("count")
    per_page = one("count")
    pages = one("count", "How many pages can be opened: up to the first 1,000 results.")
    results = many(Result)
    facets = fields.Dict(keys=fields.String(), values=fields.Nested(FacetGroup), required=True)
    understood = one(Understood)
    relaxations = many(Relaxation, "With few results: what finds more when taken away.")
    nearest = one(Nearest, null=True)
    other_needs = many(OtherNeed, "With few results: categories near the one that was meant.")
    whom_to_ask = many(CrisisNumber, "With few results: information lines, then crisis lines.")
    open_count = one("count", "Places open at the time asked for.", null=True)
    hours_unknown = one("count", "Places whose hours then are not known.", null=True)
    fit = one(Fit, "null without `facts`.", null=True)
    degraded = one("flag", "A fallback answered.")
    has_sample_data = one("flag")
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(Source), required=True)
    links = one(Links)


class Category(Schema):
    slug = one("text")
    name = one("text")
    parent = one("text", null=True)
    sector = one("text")
    words = many("text", "Other words that people use for it, in that language.")


class Categories(Schema):
    categories = many(Category)
