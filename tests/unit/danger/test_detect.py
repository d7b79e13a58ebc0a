"""Danger is seen where it is said, in three languages, and is not seen where it is over, taught, denied or a figure of speech."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from directory.domain.danger import DangerKind, dangers_in, is_quiet

OD, V, S = DangerKind.OVERDOSE, DangerKind.VIOLENCE_NOW, DangerKind.SUICIDE
C, W, T = DangerKind.CHILD_AT_RISK, DangerKind.WITHDRAWAL, DangerKind.TRAFFICKING


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (OD, "he took too many pills and won't wake up"),
        (OD, "she is not breathing"),
        (OD, "lips are turning blue"),
        (OD, "ne respire plus, lèvres bleues"),
        (OD, "il a fait une surdose"),
        (OD, "se tomó todas las pastillas"),
        (OD, "mi amigo no respira"),
        (W, "shaking since he stopped drinking"),
        (W, "in withdrawal from fentanyl"),
        (W, "tremble depuis qu'il a arrêté de boire"),
        (W, "en sevrage d'alcool, hallucinations"),
        (W, "tiembla mucho desde que dejó de beber"),
        (W, "síndrome de abstinencia"),
        (S, "she wants to kill herself"),
        (S, "i dont want to live anymore"),
        (S, "je veux mourir"),
        (S, "pensées de suicide"),
        (S, "quiero morir"),
        (S, "quiere quitarse la vida"),
        (V, "he drinks and hits me"),
        (V, "my ex is outside with a knife"),
        (V, "mon mari me frappe"),
        (V, "il menace de me tuer"),
        (V, "mi esposo me pega"),
        (V, "tengo miedo de mi marido"),
        (C, "kid has bruises on his arms"),
        (C, "children left alone at night"),
        (C, "l'enfant a des bleus"),
        (C, "elle frappe ses enfants"),
        (C, "los niños están solos en casa"),
        (C, "el padrastro le pega al niño"),
        (T, "boss took my passport"),
        (T, "forced to work without pay"),
        (T, "mon patron a gardé mon passeport"),
        (T, "obligée de se prostituer"),
        (T, "me quitaron el pasaporte"),
        (T, "la obligan a prostituirse"),
    ],
)
def test_danger_is_seen(kind: DangerKind, text: str) -> None:
    assert kind in dangers_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "not suicidal, just needs food",
        "isn't suicidal",
        "n'est pas suicidaire",
        "no es suicida",
        "suicide prevention training",
        "formation en prévention du suicide",
        "taller de prevención del suicidio",
        "naloxone kit training",
        "survivor of suicide loss",
        "groupe de deuil après un suicide",
        "used to hit me",
        "he used to hit me years ago",
        "il me frappait il y a des années",
        "me pegaba hace años",
        "overdose awareness day volunteer",
        "food bank",
        "kid won't go to school",
        "can't pay rent",
        "besoin de manger ce soir",
        "no tengo papeles",
        "dying for a coffee",
        "je meurs de faim",
        "me muero de hambre",
        "withdrawal from school",
        "bank withdrawal",
        "summer camp for kids",
        "daycare for my baby",
        "cours de cuisine",
        "immigration papers",
        "",
        "?!",
    ],
)
def test_no_alarm_is_raised(text: str) -> None:
    assert dangers_in(text) == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (S, "I don't see a way forward any more"),
        (S, "elle nous a écrit des lettres d'adieu"),
        (S, "nos escribió cartas de despedida"),
        (OD, "el bebé agarró las pastillas de la abuela"),
        (OD, "i think i took too many"),
        (W, "dejó de tomar y ahora no sabe ni dónde está"),
        (W, "my mom needs alcohol every morning or she shakes"),
        (V, "je me suis fait violer hier soir"),
        (V, "me van a casar a la fuerza"),
        (C, "ma fille de 12 ans a fugué"),
        (C, "my ex took the kids and won't give them back"),
        (T, "ils disent que si j'arrête de travailler ils appellent l'immigration"),
        (T, "massage parlour girls cant leave"),
    ],
)
def test_danger_said_sideways_is_seen(kind: DangerKind, text: str) -> None:
    assert kind in dangers_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "i dont want to live with my parents anymore",
        "je veux plus vivre ici c'est plein de moisissure",
        "cortarme el pelo barato",
        "left my abusive ex 2 years ago support group",
        "avocat accusation trafic de drogue",
        "grand-mère qui élève 3 petits-enfants",
        "pas d'internet à la maison",
        "mi niño muerde y les pega a otros niños",
    ],
)
def test_what_has_the_words_of_danger_and_means_something_else_raises_no_alarm(text: str) -> None:
    assert dangers_in(text) == ()


def test_what_does_not_stop_is_not_denied() -> None:
    assert S in dangers_in("mon coloc arrête pas de parler de mourir")
    assert dangers_in("elle a pas d’idées suicidaires") == ()


@pytest.mark.parametrize("text", ["naloxone training for our team", "grupo de duelo", "benevole a une ligne de crise"])
def test_a_course_grief_and_helping_out_are_quiet(text: str) -> None:
    assert is_quiet(text)
    assert not is_quiet("someone to talk to in a crisis")


@pytest.mark.parametrize("text", ["sucidal", "suicidle", "he is ovrdosing", "human traficking", "brother overdosd", "surdsoe", "sobredois"])
def test_a_typing_error_hides_no_danger(text: str) -> None:
    assert dangers_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "he used to hit me and now he is outside with a knife",
        "not hungry, suicidal",
        "no food, she wants to kill herself",
        "n'a pas mangé, veut mourir",
    ],
)
def test_what_is_denied_or_over_takes_back_only_itself(text: str) -> None:
    assert dangers_in(text)


def test_accents_case_and_apostrophes_do_not_matter() -> None:
    assert dangers_in("J’AI DES IDÉES DE SUICIDE") == dangers_in("jai des idees de suicide") == (S,)
    assert dangers_in("I DON’T WANT TO LIVE") == dangers_in("i dont want to live") == (S,)


def test_the_most_urgent_kind_comes_first() -> None:
    assert dangers_in("wants to die, took a bottle of pills and is not breathing")[0] is OD


def test_words_of_another_language_than_the_page_are_understood() -> None:
    assert dangers_in("help, mi esposo me pega") == (V,)


@given(some.text(max_size=400))
def test_anything_may_be_typed(text: str) -> None:
    assert set(dangers_in(text)) <= set(DangerKind)


WORDS = ["suicide", "il", "he", "not", "took", "pills", ",", "kids", "boss", "my", "passport", "hits", "me", "+", ".."]


@given(some.lists(some.sampled_from(WORDS)))
def test_an_answer_is_the_same_each_time_and_has_each_kind_once(words: list[str]) -> None:
    text = " ".join(words)
    found = dangers_in(text)
    assert found == dangers_in(text)
    assert len(found) == len(set(found))
