"""What may be known of the person that help is looked for: the catalogue of facts, in words that are asked and understood.

Facts name the person's situation as programs ask for it, and nothing else. **Status** (citizen, refugee, without papers) is never one of
them: programs for newcomers say so in their criteria, and those always ask; what a person says to that stays with whoever speaks to them.
"""

from collections.abc import Mapping

from directory.domain.sentences import say
from directory.rules import fact_answers
from directory.rules.catalogue import Catalogue, Field, Kind, Privacy

HOLDS_FOR_CHILD, HOLDS_FOR_MEMBER = "child.age", "household_member.age"
_OLDEST = 120.0
_ASKED_ONLY_BECAUSE = say("Some programs are only for people in this situation. You do not have to say.")


def _sensitive(
    name: str, label: str, question: str, choices: Mapping[str, str], implies: Mapping[str, tuple[str, ...]] | None = None
) -> Field:
    return Field(
        name, Kind.SET, label, question, choices=choices, implies=implies or {}, privacy=Privacy.SENSITIVE, reason=_ASKED_ONLY_BECAUSE
    )


def _implying_any(choices: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {value: ("any",) for value in choices if value != "any"}


_DISABILITY = {
    "any": say("a disability"),
    "physical": say("a physical disability"),
    "developmental": say("a developmental disability"),
    "intellectual": say("an intellectual disability"),
    "sensory_sight": say("blind or low vision"),
    "sensory_hearing": say("deaf or hard of hearing"),
    "mental_health": say("a mental health disability"),
    "brain_injury": say("a brain injury"),
    "learning": say("a learning disability"),
    "autism": say("autism"),
}
_INDIGENOUS = {
    "any": say("Indigenous"),
    "first_nations": say("First Nations"),
    "inuit": say("Inuit"),
    "metis": say("Métis"),
    "native_american": say("Native American or Alaska Native"),
    "native_hawaiian": say("Native Hawaiian"),
}
_JUSTICE = {
    "any": say("in contact with the courts or prison"),
    "arrested": say("arrested"),
    "court": say("with a case at court"),
    "detained": say("detained"),
    "incarcerated": say("in jail or prison"),
    "released": say("released from jail or prison"),
    "probation": say("on probation"),
    "parole": say("on parole"),
    "youth_justice": say("in the youth justice system"),
    "family_member": say("with somebody of the family in prison"),
}
_SUBSTANCES = {
    "any": say("substance use"),
    "alcohol": say("alcohol"),
    "opioids": say("opioids"),
    "stimulants": say("stimulants"),
    "cannabis": say("cannabis"),
    "tobacco": say("tobacco"),
    "gambling": say("gambling"),
}
_HEALTH = {
    "any": say("a health condition"),
    "hiv": say("HIV or AIDS"),
    "cancer": say("cancer"),
    "diabetes": say("diabetes"),
    "mental_illness": say("a mental illness"),
    "dementia": say("dementia"),
    "kidney": say("kidney disease"),
    "chronic": say("a chronic illness"),
    "terminal": say("a life-limiting illness"),
    "rare": say("a rare disease"),
    "pain": say("lasting pain"),
}
_VIOLENCE = {
    "any": say("violence or abuse"),
    "domestic": say("violence at home"),
    "sexual": say("sexual violence"),
    "trafficking": say("human trafficking"),
    "crime": say("a crime"),
    "war": say("war or torture"),
}

FACTS = Catalogue(
    (
        Field("age", Kind.NUMBER, say("age"), say("How old is the person?"), unit="years", most=_OLDEST),
        Field("area", Kind.AREA, say("where they live"), say("Where does the person live?")),
        Field(
            HOLDS_FOR_CHILD, Kind.NUMBER, say("a child's age"), say("How old are their children?"), unit="years", most=_OLDEST, repeats=True
        ),
        Field(
            HOLDS_FOR_MEMBER,
            Kind.NUMBER,
            say("the age of somebody in the household"),
            say("How old are the others in the household?"),
            unit="years",
            most=_OLDEST,
            repeats=True,
        ),
        Field(
            "gender",
            Kind.CHOICE,
            say("gender"),
            say("What is the person's gender?"),
            answers=fact_answers.GENDER,
            choices={
                "female": say("women and girls"),
                "male": say("men and boys"),
                "nonbinary": say("non-binary people"),
                "two_spirit": say("Two-Spirit people"),
            },
        ),
        Field(
            "household_size",
            Kind.NUMBER,
            say("size of household"),
            say("How many people live in the household?"),
            unit="people",
            least=1,
            most=20,
        ),
        Field("income", Kind.MONEY, say("income"), say("What does the household have to live on, before tax?")),
        Field(
            "household",
            Kind.SET,
            say("household"),
            say("Who does the person live with?"),
            answers=fact_answers.HOUSEHOLD,
            choices={
                "alone": say("people who live alone"),
                "couple": say("couples"),
                "children": say("families with children"),
                "single_parent": say("single parents"),
                "multigenerational": say("families of several generations"),
            },
            implies={"single_parent": ("children",)},
        ),
        Field("pregnant", Kind.YES_NO, say("pregnant"), say("Is the person pregnant?")),
        Field(
            "parent",
            Kind.YES_NO,
            say("a parent or guardian of a child under 18"),
            say("Is the person a parent or guardian of a child under 18?"),
        ),
        Field(
            "caregiver",
            Kind.YES_NO,
            say("a caregiver"),
            say("Does the person care for somebody who is ill, old or has a disability?"),
        ),
        Field("foster", Kind.YES_NO, say("in or from foster care"), say("Is or was the person in foster or kinship care?")),
        Field("student", Kind.YES_NO, say("a student"), say("Is the person a student?")),
        Field("grade", Kind.NUMBER, say("school grade"), say("Which school grade?"), unit="grade", least=-1, most=12),
        Field(
            "employment",
            Kind.SET,
            say("work"),
            say("Does the person work?"),
            answers=fact_answers.EMPLOYMENT,
            choices={
                "employed": say("people who work"),
                "unemployed": say("people without work"),
                "underemployed": say("people with too little work"),
                "laid_off": say("people who were laid off"),
                "self_employed": say("people who work for themselves"),
                "seasonal": say("seasonal workers"),
                "retired": say("retired people"),
                "unable_to_work": say("people who cannot work"),
            },
            implies={
                "laid_off": ("unemployed",),
                "self_employed": ("employed",),
                "underemployed": ("employed",),
                "seasonal": ("employed",),
            },
        ),
        Field(
            "language",
            Kind.SET,
            say("language"),
            say("Which languages does the person speak?"),
        ),
        Field(
            "housing",
            Kind.SET,
            say("housing"),
            say("Where does the person sleep now?"),
            answers=fact_answers.HOUSING,
            choices={
                "housed": say("people with a home"),
                "renting": say("tenants"),
                "owner": say("home owners"),
                "public_housing": say("people in public housing"),
                "at_risk": say("people about to lose their home"),
                "homeless": say("people without a home"),
                "shelter": say("people in a shelter"),
                "street": say("people sleeping outside"),
                "doubled_up": say("people staying with others for want of a home"),
                "rural": say("people in the country"),
            },
            implies={
                "renting": ("housed",),
                "owner": ("housed",),
                "public_housing": ("housed", "renting"),
                "shelter": ("homeless",),
                "street": ("homeless",),
                "doubled_up": ("homeless",),
            },
        ),
        Field(
            "insurance",
            Kind.SET,
            say("health insurance"),
            say("What health insurance does the person have?"),
            answers=fact_answers.INSURANCE,
            choices={
                "none": say("people without health insurance"),
                "underinsured": say("people whose insurance pays too little"),
                "medicaid": say("people on Medicaid"),
                "medicare": say("people on Medicare"),
                "chip": say("children on CHIP"),
                "marketplace": say("people insured through the marketplace"),
                "private": say("people with private insurance"),
                "public_ca": say("people with a provincial health card"),
                "veterans": say("people insured as veterans"),
            },
        ),
        Field(
            "benefits",
            Kind.SET,
            say("benefits"),
            say("Which benefits does the household get?"),
            answers=fact_answers.BENEFITS,
            choices={
                "snap": say("people on SNAP"),
                "tanf": say("people on TANF"),
                "ssi": say("people on SSI"),
                "ssdi": say("people on SSDI"),
                "wic": say("people on WIC"),
                "medicaid": say("people on Medicaid"),
                "ow": say("people on Ontario Works"),
                "odsp": say("people on ODSP"),
                "ei": say("people on Employment Insurance"),
                "unemployment": say("people on unemployment benefits"),
                "housing_voucher": say("people with a housing voucher"),
            },
            implies={"ei": ("unemployment",)},
        ),
        Field(
            "veteran",
            Kind.SET,
            say("military service"),
            say("Is the person a veteran, serving, or of such a family?"),
            answers=fact_answers.VETERAN,
            choices={
                "veteran": say("veterans"),
                "serving": say("people serving in the forces"),
                "family": say("families of veterans and of those who serve"),
            },
        ),
        _sensitive(
            "disability", say("disability"), say("Does the person live with a disability?"), _DISABILITY, _implying_any(_DISABILITY)
        ),
        _sensitive("indigenous", say("Indigenous identity"), say("Is the person Indigenous?"), _INDIGENOUS, _implying_any(_INDIGENOUS)),
        _sensitive(
            "health", say("health condition"), say("Does the person live with one of these conditions?"), _HEALTH, _implying_any(_HEALTH)
        ),
        _sensitive(
            "substance_use",
            say("substance use"),
            say("Is it about one of these?"),
            _SUBSTANCES,
            _implying_any({value: words for value, words in _SUBSTANCES.items() if value != "gambling"}),
        ),
        _sensitive(
            "justice", say("courts and prison"), say("Has the person to do with the courts or prison?"), _JUSTICE, _implying_any(_JUSTICE)
        ),
        _sensitive("violence", say("violence"), say("Has the person lived through one of these?"), _VIOLENCE, _implying_any(_VIOLENCE)),
        Field(
            "lgbtq",
            Kind.YES_NO,
            say("lesbian, gay, bisexual, trans or queer"),
            say("Is the person lesbian, gay, bisexual, trans or queer?"),
            privacy=Privacy.SENSITIVE,
            reason=_ASKED_ONLY_BECAUSE,
        ),
        Field(
            "newcomer",
            Kind.SET,
            say("newcomers"),
            choices={
                "refugee": say("refugees"),
                "asylum": say("people who ask for asylum"),
                "immigrant": say("immigrants"),
                "newcomer": say("newcomers"),
                "migrant_worker": say("migrant workers"),
                "international_student": say("international students"),
                "citizen": say("citizens"),
                "resident_lawful": say("lawful residents"),
            },
            privacy=Privacy.NEVER_HELD,
        ),
    )
)
