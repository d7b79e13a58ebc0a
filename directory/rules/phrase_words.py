"""What conditions on a person are called when somebody reads them: each value as words that follow "people", "women" or "veterans".

They are relative clauses and phrases that need no agreement, so that they follow any noun in languages that have genders.
"""

from collections.abc import Mapping

from directory.domain.sentences import say
from directory.rules.operands import Measure, Per

FOLLOWING: Mapping[str, Mapping[str, str]] = {
    "gender": {
        "female": say("who are women or girls"),
        "male": say("who are men or boys"),
        "nonbinary": say("who are non-binary"),
        "two_spirit": say("who are Two-Spirit"),
    },
    "household": {
        "alone": say("who live alone"),
        "couple": say("who live as a couple"),
        "children": say("with children at home"),
        "single_parent": say("who raise children alone"),
        "multigenerational": say("in a family of several generations"),
    },
    "employment": {
        "employed": say("who work"),
        "unemployed": say("who have no work"),
        "underemployed": say("who have too little work"),
        "laid_off": say("who were laid off"),
        "self_employed": say("who work for themselves"),
        "seasonal": say("who do seasonal work"),
        "retired": say("who are retired"),
        "unable_to_work": say("who cannot work"),
    },
    "housing": {
        "housed": say("who have a home"),
        "renting": say("who rent their home"),
        "owner": say("who own their home"),
        "public_housing": say("who live in public housing"),
        "at_risk": say("who are about to lose their home"),
        "homeless": say("who have no home"),
        "shelter": say("who stay in a shelter"),
        "street": say("who sleep outside"),
        "doubled_up": say("who stay with others for want of a home"),
        "rural": say("who live in the country"),
    },
    "insurance": {
        "none": say("without health insurance"),
        "underinsured": say("whose health insurance pays too little"),
        "medicaid": say("on Medicaid"),
        "medicare": say("on Medicare"),
        "chip": say("on CHIP"),
        "marketplace": say("insured through the marketplace"),
        "private": say("with private health insurance"),
        "public_ca": say("with a provincial health card"),
        "veterans": say("with health insurance for veterans"),
    },
    "benefits": {
        "snap": say("who get SNAP"),
        "tanf": say("who get TANF"),
        "ssi": say("who get SSI"),
        "ssdi": say("who get SSDI"),
        "wic": say("who get WIC"),
        "medicaid": say("on Medicaid"),
        "ow": say("who get Ontario Works"),
        "odsp": say("who get ODSP"),
        "ei": say("who get Employment Insurance"),
        "unemployment": say("who get unemployment benefits"),
        "housing_voucher": say("who have a housing voucher"),
    },
    "veteran": {
        "veteran": say("who are veterans"),
        "serving": say("who serve in the forces"),
        "family": say("whose family has a veteran or somebody who serves"),
    },
    "disability": {
        "any": say("with a disability"),
        "physical": say("with a physical disability"),
        "developmental": say("with a developmental disability"),
        "intellectual": say("with an intellectual disability"),
        "sensory_sight": say("who are blind or have low vision"),
        "sensory_hearing": say("who are deaf or hard of hearing"),
        "mental_health": say("with a mental health disability"),
        "brain_injury": say("with a brain injury"),
        "learning": say("with a learning disability"),
        "autism": say("with autism"),
    },
    "indigenous": {
        "any": say("who are Indigenous"),
        "first_nations": say("who are First Nations"),
        "inuit": say("who are Inuit"),
        "metis": say("who are Métis"),
        "native_american": say("who are Native American or Alaska Native"),
        "native_hawaiian": say("who are Native Hawaiian"),
    },
    "health": {
        "any": say("with a health condition"),
        "hiv": say("with HIV or AIDS"),
        "cancer": say("with cancer"),
        "diabetes": say("with diabetes"),
        "mental_illness": say("with a mental illness"),
        "dementia": say("with dementia"),
        "kidney": say("with kidney disease"),
        "chronic": say("with a chronic illness"),
        "terminal": say("with a life-limiting illness"),
        "rare": say("with a rare disease"),
        "pain": say("with lasting pain"),
    },
    "substance_use": {
        "any": say("who use alcohol or drugs"),
        "alcohol": say("who have trouble with alcohol"),
        "opioids": say("who have trouble with opioids"),
        "stimulants": say("who have trouble with stimulants"),
        "cannabis": say("who have trouble with cannabis"),
        "tobacco": say("who use tobacco"),
        "gambling": say("who have trouble with gambling"),
    },
    "justice": {
        "any": say("in contact with the courts or prison"),
        "arrested": say("who were arrested"),
        "court": say("with a case at court"),
        "detained": say("who are detained"),
        "incarcerated": say("in jail or prison"),
        "released": say("who were released from jail or prison"),
        "probation": say("on probation"),
        "parole": say("on parole"),
        "youth_justice": say("in the youth justice system"),
        "family_member": say("with somebody of the family in prison"),
    },
    "violence": {
        "any": say("who live or lived with violence or abuse"),
        "domestic": say("who live or lived with violence at home"),
        "sexual": say("who lived through sexual violence"),
        "trafficking": say("who were trafficked"),
        "crime": say("harmed by a crime"),
        "war": say("who fled war or torture"),
    },
    "newcomer": {
        "refugee": say("who are refugees"),
        "asylum": say("who ask for asylum"),
        "immigrant": say("who are immigrants"),
        "newcomer": say("who are newcomers"),
        "migrant_worker": say("who are migrant workers"),
        "international_student": say("who are international students"),
        "citizen": say("who are citizens"),
        "resident_lawful": say("who are lawful residents"),
    },
}
"""Field -> value -> the words."""

YES_NO: Mapping[str, tuple[str, str]] = {
    "pregnant": (say("who are pregnant"), say("who are not pregnant")),
    "parent": (say("with a child under 18 in their care"), say("without a child under 18 in their care")),
    "caregiver": (say("who care for somebody ill, old or disabled"), say("who care for nobody ill, old or disabled")),
    "foster": (say("who are or were in foster care"), say("who never were in foster care")),
    "student": (say("who are students"), say("who are not students")),
    "lgbtq": (
        say("who are lesbian, gay, bisexual, trans or queer"),
        say("who are not lesbian, gay, bisexual, trans or queer"),
    ),
}
"""Field -> where it holds, where it does not."""

NOUNS = ("gender", "household", "employment", "housing", "insurance", "benefits", "veteran", "newcomer")
"""Fields whose values are called by nouns in the catalogue of facts ("veterans"), so that a sentence may begin with them."""

PEOPLE, WOMEN, MEN, GIRLS, BOYS = say("people"), say("women"), say("men"), say("girls"), say("boys")

YEARS: Mapping[str, str] = {
    "between": say("%(low)s to %(high)s"),
    "exactly": say("exactly %(low)s"),
    "from": say("%(low)s or over"),
    "over": say("over %(low)s"),
    "under": say("under %(high)s"),
    "up_to": say("%(high)s or under"),
}
"""Spans of ages in years, by their shape."""

MONTHS: Mapping[str, str] = {
    "between": say("%(low)s to %(high)s months"),
    "exactly": say("exactly %(low)s months"),
    "from": say("%(low)s months or over"),
    "over": say("over %(low)s months"),
    "under": say("under %(high)s months"),
    "up_to": say("%(high)s months or under"),
}
COUNTS: Mapping[str, str] = {
    "between": say("in a household of %(low)s to %(high)s"),
    "exactly": say("in a household of %(low)s"),
    "from": say("in a household of %(low)s or more"),
    "up_to": say("in a household of at most %(high)s"),
}
GRADES: Mapping[str, str] = {
    "between": say("in %(low)s to %(high)s"),
    "exactly": say("in %(low)s"),
    "from": say("in %(low)s or higher"),
    "up_to": say("in %(high)s or lower"),
}
AGED: Mapping[str, str] = {
    "age": say("aged %(span)s"),
    "child.age": say("with a child aged %(span)s"),
    "household_member.age": say("with somebody aged %(span)s in the household"),
}

LIMITS: Mapping[str, str] = {
    "lt": say("with a household income below %(limit)s"),
    "lte": say("with a household income of at most %(limit)s"),
    "gt": say("with a household income above %(limit)s"),
    "gte": say("with a household income of at least %(limit)s"),
}
OFTEN: Mapping[Per, str] = {
    Per.YEAR: say("%(amount)s a year"),
    Per.MONTH: say("%(amount)s a month"),
    Per.TWO_WEEKS: say("%(amount)s every two weeks"),
    Per.WEEK: say("%(amount)s a week"),
}
LINES: Mapping[Measure, str] = {
    Measure.US_FPL: say("%(percent)s of the federal poverty level"),
    Measure.AMI: say("%(percent)s of the area median income"),
    Measure.CA_LICO: say("%(percent)s of the low income cut-off"),
    Measure.CA_LICO_AFTER_TAX: say("%(percent)s of the low income cut-off after tax"),
    Measure.CA_MBM: say("%(percent)s of the market basket measure"),
}
OF_YEAR = say("%(line)s of %(year)s")

GRADE, FIRST_GRADE, KINDERGARTEN, PRE_KINDERGARTEN = say("grade %(number)s"), say("grade 1"), say("kindergarten"), say("pre-kindergarten")
LIVE_IN, SPEAK = say("who live in %(areas)s"), say("who speak %(languages)s")
EXCEPT, WHO = say("except people %(following)s"), say("%(people)s %(following)s")
AS_SAID = say("of whom this holds: “%(words)s”")

FOR, FOR_ALL, NOT_SAID = say("For %(who)s."), say("For everybody."), say("It is not said who it is for: ask.")
FIRST, ASK_ABOUT, ALSO = say("%(who)s come first."), say("Ask about %(fact)s: “%(words)s”."), say("Ask, too: “%(words)s”.")
REFERRED_BY, REFERRED, NOT_REFERRED = (
    say("You need a referral from %(who)s."),
    say("You need a referral."),
    say("You need no referral."),
)
SELF_OR, SELF = say("You can come on your own, or with a referral from %(who)s."), say("You can come on your own.")
BRING, BRING_NOTHING, HELPS = say("Bring %(papers)s."), say("You need no papers."), say("It helps to bring %(papers)s.")
