"""What made-up organizations say to each other in the conversations of the demo: as colleagues who respect each other."""

from dataclasses import dataclass

from directory.domain.planning.conversation_words import Answers

HEALTH_CENTRE = "Basse-Rive Community Health Centre"
NO_ANSWER = Answers()
GRIEF = "How do we keep anybody from waiting long for a grief group in Basse-Rive, in English or in French?"


@dataclass(frozen=True, slots=True)
class Side:
    """What one organization does, on days that are counted back from today; None: not yet. `offer`: its listing that the others talk of, ""
    where it was asked in. `last_words` "": it agrees to what is proposed."""

    organization: str
    offer: str
    looked: int
    answered: int | None = None
    answers: Answers = NO_ANSWER
    note: str = ""
    spoke: int | None = None
    last_words: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """`days`: within how many days from then."""

    on: int
    what: str
    who: str
    days: int


@dataclass(frozen=True, slots=True)
class Talk:
    """`ended`: on which day it ended without agreement."""

    question: str
    begun: int
    sides: tuple[Side, ...]
    proposed: Proposed | None = None
    ended: int | None = None


TALKS = (
    Talk(
        "Your two food programs meet on different days: could people hear of both from either of you?",
        begun=9,
        sides=(
            Side(
                "Collège Table",
                "Collège Good Food Box",
                looked=8,
                note="Volunteers pack the boxes from noon on. Whoever comes early helps, or waits inside where it is warm.",
                answered=5,
                answers=Answers(
                    "Mostly families and students who come straight after class. Few of them know that people cook together in Old Mill.",
                    "A van that stands idle from Thursday on, and room in our cold store. We could bring you what is left over.",
                    "That your kitchen fills up with our people, and your own find no place.",
                ),
            ),
            Side(HEALTH_CENTRE, "Community Kitchen – Old Mill", looked=7),
        ),
    ),
    Talk(
        GRIEF,
        begun=62,
        sides=(
            Side(
                "Open Door Counselling Centre",
                "Grief Support Group – Basse-Rive",
                looked=60,
                answered=57,
                answers=Answers(
                    "Adults after a loss, many sent by their doctor. About one in five would rather speak French.",
                    "Our room is free on two evenings, and somebody answers our telephone all day.",
                    "That people must tell their story twice.",
                ),
                spoke=47,
            ),
            Side(
                "Services à la famille Grâce Lalonde",
                "Groupe de soutien au deuil – Basse-Rive",
                looked=59,
                answered=54,
                answers=Answers(
                    "Des adultes endeuillés, surtout des francophones. Plusieurs attendent le prochain groupe, de la campagne aussi.",
                    "Une animatrice bilingue, et nos fiches sur le deuil en français.",
                    "Que le groupe français devienne l’annexe du groupe anglais. On tient à ce qu’il garde sa place.",
                ),
                spoke=46,
            ),
            Side(
                HEALTH_CENTRE,
                "",
                looked=59,
                note="We hold no group ourselves. We are often the first whom people ask for one.",
                answered=56,
                answers=Answers(
                    "People whom we see weeks after a death, often at an appointment for something else.",
                    "Each of our nurses could hand over a sheet on which both groups stand.",
                    "Sending somebody to a group that has just begun.",
                ),
                spoke=44,
            ),
        ),
        proposed=Proposed(
            50,
            "The two groups begin six weeks apart, so that one of them always begins soon. Whoever calls either centre hears of both, in "
            "the language they speak. The health centre hands out one sheet with both groups.",
            "Open Door Counselling Centre draws up the sheet, Services à la famille Grâce Lalonde translates it, and we all hand it out",
            days=90,
        ),
    ),
    Talk(
        "Could one list of free rooms serve both of your houses?",
        begun=85,
        sides=(
            Side(
                "Stepping Stone Youth House",
                "Second-Stage Housing – Basse-Rive",
                looked=83,
                note="Our rooms are for young people from 16 to 24; the listing says so.",
                answered=78,
                answers=Answers(
                    "Young people who leave a shelter or foster care. Most stay a year and a half.",
                    "Our workshops on cooking and money are open to people of your house.",
                    "Young people beside adults on one list: they would wait longer, and some would not come.",
                ),
                spoke=64,
                last_words="We agree that nobody should have to tell everything twice, and we will take your assessment as it is. But we "
                "cannot put young people on a list with adults: our house was opened so that they need not be. When a room of ours stands "
                "empty, we will call you first.",
            ),
            Side(
                "Refuge La Boussole",
                "Logement de transition La Boussole",
                looked=82,
                answered=76,
                answers=Answers(
                    "Des adultes qui quittent un refuge. Une personne sur six a moins de 25 ans.",
                    "Un interprète, et notre liste de propriétaires qui disent oui.",
                    "Deux listes, deux évaluations : les gens racontent tout deux fois, et une chambre peut rester vide.",
                ),
                spoke=63,
                last_words="Nous comprenons la raison, et nous la respectons. Pour nous, une chambre vide reste une chambre vide : nous "
                "aurions préféré une seule liste, avec des places gardées pour les jeunes. Nous continuerons à nous appeler chaque lundi.",
            ),
        ),
        proposed=Proposed(
            70,
            "One list of free rooms, looked at together every Monday. The next room goes to whoever has waited longest, in either house.",
            "Both houses, in turn",
            days=60,
        ),
        ended=61,
    ),
)
