"""English: what the finders know of it beside ages and people."""

from directory.rules.reading.languages.english_ages import AGES
from directory.rules.reading.languages.english_people import CONDITIONS, PEOPLE
from directory.rules.reading.languages.pack import Language, MoneyWords, PaperWords, PlaceWords, ReferralWords, pattern, words_of
from directory.rules.reading.phrases import Phrases

_HEADS = words_of(
    "people persons person individuals individual adults adult men women man woman those children child youth teens anyone who everyone patients "
    "clients families seniors elders residents members students parents veterans males females mothers citizens survivors individuals must "
    "community population americans consumers offenders aboriginals participants kids girls boys housing"
)

MONEY = MoneyWords(
    percent=pattern(
        r"(?<![\d.])(?P<percent>\d{2,3}) ?(?:%|percent|per cent)(?: of)?(?: the)?(?: current)? ?"
        r"(?P<of>federal poverty(?: income)?(?: level| line| guidelines?| limit)?|poverty(?: level| line| guidelines?)?|fpl\b|fpg\b|fpig\b|"
        r"(?:area )?median(?: family| household)? income|ami\b|low income cut-?offs?|licos?\b|market basket measure|mbm\b)"
    ),
    standards=(
        (pattern(r"median|ami"), "ami"),
        (pattern(r"low income cut|lico"), "ca_lico"),
        (pattern(r"market basket|mbm"), "ca_mbm"),
        (pattern(r"poverty|fp"), "us_fpl"),
    ),
    below_line=(
        (pattern(r"\b(?:below|under|less than) the (?:low income cut-?offs?|lico)\b"), "ca_lico"),
        (pattern(r"\b(?:below|under|less than) the (?:market basket measure|mbm)\b"), "ca_mbm"),
        (pattern(r"\b(?:below|under) the (?:federal )?poverty (?:level|line|guidelines?)\b"), "us_fpl"),
    ),
    amount=pattern(
        r"(?P<currency>C\$|CA\$|CAD ?\$?|US\$|USD ?\$?|\$) ?(?P<amount>\d{1,3}(?:,\d{3}){1,2}|\d{3,7})(?!\d)(?:\.\d\d)?(?P<thousand>k\b)?"
    ),
    speaks_of_income=pattern(r"\bincomes?\b|\bearn(?:s|ed|ing|ings)?\b|\bsalary\b|\bwages?\b|\bmak(?:e|es|ing)\b"),
    periods=(
        (pattern(r"^[^.;]{0,16}?\b(?:per|a|each|every) (?:month)\b|^ ?/ ?mo|^[^.;]{0,12}\bmonthly\b"), "month"),
        (pattern(r"^[^.;]{0,16}?\b(?:per|a|each|every) (?:week)\b|^ ?/ ?w|^[^.;]{0,12}\bweekly\b"), "week"),
        (pattern(r"^[^.;]{0,16}?\b(?:per|a|each|every) (?:year|annum)\b|^ ?/ ?y|^[^.;]{0,12}\b(?:annually|yearly)\b"), "year"),
    ),
    inclusive=pattern(
        r"\bor (?:below|less than|under)(?: the)? ?$|\b(?:equal to|not (?:to )?exceed|cannot exceed|not exceeding|no more than|up to|maximum of)(?: the)? ?$"
    ),
    under=pattern(r"\b(?:below|under|less than|lower than)(?: the)? ?$"),
    over=pattern(r"\b(?:at least|more than|over|above|exceeds?|minimum of|greater than)(?: the)? ?$"),
    no_income=pattern(
        r"\b(?:fees?|costs?|rent|pay|charge|deposit|grants?|loans?|up to|awards?|rebate|credit)(?: is| are| of| a| up to)? ?$|\bfees?\b[^.;]{0,80}$"
    ),
)

_PLACE_SKIPPED = words_of(
    "families individuals people persons residents members adults seniors children youth students community households the all of in"
)

PLACES = PlaceWords(
    before=Phrases(
        {
            "serving|serves|serve": "",
            "services the": "",
            "resident|residents|residence of|in|within": "",
            "reside|resides|residing in|within": "",
            "live|lives|living in|within|at": "",
            "anyone living in|within": "",
            "service area :?": "",
            "residency in": "",
            "limited to": "",
            "intended for": "",
            "open to": "",
        }
    ),
    of_people=words_of(
        "people persons individuals families members community residents youth women men children adults seniors veterans immigrants refugees "
        "households population students low-income those anyone tenants suburban eviction homeowners newcomers citizens clients"
    ),
    inside=frozenset({"in", "across", "throughout", "within", "from"}),
    after=frozenset({"residents", "resident", "residents'", "families", "households"}),
    residents=frozenset({"residents", "resident", "residents'"}),
    common=words_of(
        "area areas county counties city cities town towns township townships twp twps village villages community communities region regions zip zips "
        "code codes district districts school schools surrounding neighboring neighbouring nearby neighborhood neighborhoods neighbourhood metropolitan "
        "metro downtown suburban suburbs state province greater north south east west northern southern eastern western central local boundaries "
        "parish borough boroughs ward wards zone precinct housing authority public vicinity valley postal"
    ),
    numbered=words_of("ward wards district zone precinct region"),
    between=frozenset({"and", "or", "of", "&", ",", "the", "/", "-", "to", "."}),
    skipped=_PLACE_SKIPPED,
    not_places=words_of(
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue tues wed thu thur "
        "thurs fri sat sun january february march april may june july august september october november december hours hour call please appointment "
        "appointments regular distribution open food covid walk services program programs service pantry photo id must no not for to home health "
        "spanish english french hiv aids wic snap medicaid medicare veterans american canadian drive families women men children crisis need grades grade school"
    ),
    phrases=Phrases(
        {
            "local|area|county|city|township|community|neighborhood residents": "area~",
            "residents only": "area~",
            "residents of both|all|this|these|the|our communities|community|area|neighborhood|county|city|district": "area~",
        }
    ),
    distance=pattern(
        r"\bwithin (?:a |an )?\d{1,3}(?:\.\d)?[\s-]{1,2}(?:mile|kilomet(?:er|re)|km|minute)s?(?: radius)?(?: (?:of|from) (?:the |our )?[a-z]{2,20})?"
    ),
)

PAPERS = PaperWords(
    codes=Phrases(
        {
            "photo|picture id|i.d.|identification": "photo_id",
            "photo|picture id|i.d. card": "photo_id",
            "id|identification|i.d.": "photo_id",
            "driver's|drivers licence|license": "photo_id",
            "government-issued id|identification": "photo_id",
            "proof of address|residence|residency": "proof_of_address",
            "proof of current|local address|residence|residency": "proof_of_address",
            "verify residency|address|residence": "proof_of_address",
            "proof|verification of household? income": "proof_of_income",
            "income verification|documentation|statement": "proof_of_income",
            "pay stubs|stub": "proof_of_income",
            "paystubs|paystub": "proof_of_income",
            "birth certificate|certificates": "birth_certificate",
            "proof of birth": "birth_certificate",
            "social security card|cards|number": "social_security_card",
            "health card|cards": "health_card",
            "ohip|medical card": "health_card",
            "immunization|immunizations|vaccination|shot record|records|card": "immunization_record",
            "proof of immunization|vaccination": "immunization_record",
            "report card|cards": "school_record",
            "school records|record|transcript|transcripts": "school_record",
            "proof of disability": "proof_of_disability",
            "disability verification|letter": "proof_of_disability",
            "referral letter|form": "referral_letter",
            "letter of referral": "referral_letter",
            "letter|note from a|an|the|your physician|doctor|oncologist|agency|school|shelter|worker": "referral_letter",
            "medical records|record|documentation|form|certificate": "medical_record",
            "lease": "lease",
            "lease agreement": "lease",
            "utility bill|bills": "utility_bill",
            "bank statement|statements": "bank_statement",
            "tax return|returns": "tax_return",
            "notice of assessment": "tax_return",
            "eviction notice": "eviction_notice",
            "dd-214|dd214": "discharge_papers",
            "discharge|military papers|discharge": "discharge_papers",
            "court order|papers|documents|paperwork": "court_papers",
            "custody papers|order|agreement": "custody_papers",
            "immigration documents|papers|status|document": "status_papers",
            "green card": "status_papers",
            "proof of citizenship": "status_papers",
            "proof of legal|immigration status": "status_papers",
            "insurance card|cards": "insurance_card",
        }
    ),
    asks=pattern(
        r"\b(?:bring|brings|require[sd]?|requires|needed|must|present|show|provide|proof of|documents?|documentation|needs?|with you|necessary|at registration|valid|"
        r"verif(?:y|ication)|required)\b"
    ),
    none=pattern(
        r"\b(?:no|not any|without)(?: specific| other)? (?:documents?|documentation|id|i\.d\.|identification|paperwork)(?: (?:or|and) [a-z]{2,20})?"
        r"(?=(?: is| are)? (?:requir|need|necessary)|[,.;|]| requirements?|$)(?:(?: is| are)? (?:required|needed|necessary|requirements?))?"
    ),
    unasked_before=pattern(r"\b(?:no|without|not|obtain|obtaining|get|getting|replace|need not)(?: \w{2,12}){0,3} ?$"),
    unasked_after=pattern(
        r"^(?: \w{2,12}){0,2} not (?:required|needed|necessary)|^(?: is| are)? not \w{0,12}|^ (?:replacement|assistance)"
    ),
    helpful=pattern(r"\b(?:if (?:possible|available|you have)|helpful|preferred|suggested|optional)\b"),
)

_NEEDED = r"(?:is |are )?(?:required|needed|necessary|mandatory|only)"

REFERRAL = ReferralWords(
    needed=pattern(
        rf"\breferrals? {_NEEDED}\b|\brequires? an? (?:\w{{2,14}} )?referral\b|\bby referral(?: only)?\b|(?<!received\sa\s)\breferrals? (?:is |are |accepted |taken |welcome )?(?:from|through|by|via)\b|"
        r"\bmust be referred\b|\breferred (?:by|from|through)\b(?! [a-z]{2,20} to\b)|\bmust have an? referral\b"
    ),
    by_oneself=pattern(r"\bself[\s-]{1,2}referrals?\b|\bself[\s-]refer\b|\brefer yourself\b|\bopen referral\b"),
    not_needed=pattern(
        r"\bno referrals?(?: is| are)?(?: required| needed| necessary)?\b|\breferrals? (?:is |are )?not (?:required|needed|necessary)\b|\bwithout an? referral\b"
    ),
    sources=Phrases(
        {
            "physician|physicians|physician's|doctor's|doctor|doctors|psychiatrist|practitioner|pediatrician|gp|oncologist": "physician",
            "health|medical|healthcare|health-care professional|professionals|provider|providers|practitioner": "physician",
            "family physician|doctor": "physician",
            "nurse practitioner|practitioners": "physician",
            "hospital|hospitals": "hospital",
            "school|schools|teacher|teachers|counselor|counsellor|principal": "school",
            "hospital? social worker|workers": "social_worker",
            "police|rcmp|officer|officers": "police",
            "court|courts|judge|judges": "court",
            "probation|parole officer|officers": "court",
            "shelter|shelters": "shelter",
            "social? service? agency|agencies|ministry|mcfd|cas|office|department|society|organization|organizations": "agency",
            "community partner|partners|agency|agencies|organization|organizations": "agency",
            "mental health centre|center|clinic|team": "agency",
            "case manager|managers|worker|workers": "case_manager",
            "band office|council": "band_office",
            "self": "self",
            "self referral|referrals": "self",
        }
    ),
    names_self=pattern(r"self|yourself"),
    welcome=pattern(r"\baccepted\b|\bwelcome\b|\bmay\b|\bcan\b"),
)

ENGLISH = Language(
    code="en",
    people=Phrases(PEOPLE),
    conditions=Phrases(CONDITIONS),
    heads=_HEADS,
    links=words_of(
        "with living experiencing experience experienced having have has suffering suffer affected facing face dealing struggling in from for of to "
        "receiving receive receives on managing coping cope due because enrolled concerning recovering recovery eligible"
    ),
    strong_links=Phrases(
        {
            "living with": "",
            "suffering|suffer from": "",
            "recovering from": "",
            "recovery from": "",
            "diagnosed with": "",
            "diagnosis|diagnoses of": "",
            "history|histories of": "",
            "dealing|coping|cope|struggling with": "",
            "enrolled in": "",
            "affected by": "",
            "must be|have|receive": "",
            "due to": "",
            "victims|survivors|victim|survivor of": "",
            "fleeing|escaping": "",
            "individuals|people|persons|those dealing with": "",
            "receiving": "",
        }
    ),
    between=words_of(
        "a an the or and of & , / severe serious severely crisis chronic primary diagnosis persistent acute other co occurring history histories issues problems "
        "any form type symptoms related both mild moderate significant increased distress physical active who cope disclosed some"
    ),
    recipients=words_of(
        "recipients recipient patients beneficiaries participants clients users sufferers survivors households members enrollees"
    ),
    inside_names=words_of("of the and & for 's de"),
    organization=words_of(
        "center centre house mission church program project society services service foundation ministries ministry bank pantry association network "
        "coalition clinic office department act regulations county's hospital library institute league council committee agency company "
        "school schools college university authority system affairs board club army inc team hotline home unit"
    ),
    or_words=frozenset({"or", "and/or"}),
    and_words=frozenset({"and", "&", "/"}),
    passed_over=words_of("be a an the their for to of other also all any both especially particularly those"),
    soft=pattern(
        r"\b(?:priority|preference|especially|particularly|primarily|mainly|mostly|prioriti[sz]es?|prefer(?:s|ably)?|special access|focus(?:ed|es)? on|"
        r"priorities)\b"
    ),
    soft_after=pattern(r"^[^.;]{0,20}\b(?:preferred|given priority|have priority|get priority|given preference)\b"),
    not_before=pattern(
        r"(?:\b(?:no|not for|(?:cannot|can not|may not|must not|not) be|cannot serve|can not serve|(?:does|do|will|can) not (?:serve|accept|admit|take|include|house)|unable to (?:serve|accept)|"
        r"not (?:serve|accept|open to|available to|offered to|intended for)|except(?: for)?|excluding|excludes?|doesn't (?:serve|accept)|"
        r"don't (?:serve|accept))(?: any| for| persons?| people| individuals?| clients?| with| those| the| anyone){0,4}) ?$"
    ),
    not_after=pattern(
        r"^ ?(?:are |is |will |may |can )?(?:not be |cannot be |not )(?:served|accepted|admitted|eligible|allowed|permitted|housed)|^ excluded\b"
    ),
    whatever=pattern(
        r"(?:[$€]\d[\d.,]{0,6} (?:for|per|each)|\b(?:regardless of|irrespective of|no matter|whatever|without regard to|no|does not depend on|not required to have|whether or not)(?: the| their| your| a| any)?"
        r"(?: age or| gender or| race or)?) ?$"
    ),
    aside=pattern(
        r"(?:^ ?(?:also|in addition|additionally|other|funded|we have|hosts|partners)\b|\bincluding (?:those|people|persons|individuals|help)\b|"
        r"\b(?:higher|different) (?:income )?limits (?:for|apply)\b|\b(?:immediate|long-term|ultimate) goal\b|"
        r"\bcampaigns?\b|\blobb(?:y|ies)\b|\bnot limited to\b|\bsuch as\b)"
    ),
    aside_after=pattern(r"^[^.;]{0,40}\bmust be (?:accompanied|supervised)\b"),
    open_to_all=pattern(
        r"\b(?:open to (?:all|everyone|everybody|anyone|any one|the (?:general )?public|the whole community)\b|eligibility ?:? all\b|"
        r"all (?:are )?welcome\b|(?:everyone|everybody|anyone) (?:is )?(?:welcome|eligible)\b|no (?:eligibility )?restrictions\b(?! mentioned)|"
        r"anyone can (?:come|use|attend)|no eligibility (?:requirements|criteria)(?! mentioned)\b|unrestricted)"
    ),
    each_of=pattern(r"\bmust\b|\bwho (?:are|is|have|has)\b|\brequired to\b"),
    must=pattern(r"\b(?:must|required to|requires?|willing to|able to|need to|needs to|have to|is mandatory|is required|are required)\b"),
    must_not_count=pattern(
        r"\b(?:appointments?|call|phone|email|schedule|register|registration|registered|in line|arrive|arriving|leave a message|hours|reservations?|"
        r"walk-?ins?|online|verify|visit|pick-?up|check-?in|website|form)\b"
    ),
    age_classes={
        **dict.fromkeys(("child", "kid", "infant", "toddler", "bab", "newborn"), "children"),
        **dict.fromkeys(("youth", "teen", "adolescent", "young"), "youth"),
        **dict.fromkeys(("senior", "elder", "older", "aged"), "seniors"),
        "adult": "adults",
    },
    ages=AGES,
    money=MONEY,
    places=PLACES,
    papers=PAPERS,
    referral=REFERRAL,
)
