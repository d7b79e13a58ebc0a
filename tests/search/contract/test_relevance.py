"""Known items: people find the listing they have in mind, also misspelt or half typed, in words a directory is written in."""

import pytest

from search_index.documents import ListingDocument
from search_index.query import Meant, Near, ServiceQuery
from tests.search.contract.engines import ENGINES, EVERY, fill, fresh

LISTINGS = {
    "food-bank": ("Ottawa Food Bank", "Emergency food hampers for families. Bring identification and proof of address.", "Food"),
    "gatineau": ("Banque alimentaire de Gatineau", "Paniers de nourriture pour les familles chaque semaine.", "Alimentation"),
    "mission": ("The Mission", "Emergency shelter for men with beds, hot meals and a clinic.", "Shelter"),
    "cornerstone": ("Cornerstone Housing for Women", "Shelter and supportive housing for women who are homeless.", "Shelter"),
    "detox": ("Withdrawal Management Centre", "Residential programme to stop using alcohol or drugs safely.", "Addictions"),
    "legal": ("Community Legal Services", "Free advice on eviction, social assistance and employment rights.", "Legal"),
    "rent-bank": ("Rent Bank", "Loans for tenants behind on rent or electricity bills.", "Housing"),
    "settlement": ("Newcomer Settlement Program", "Help for immigrants and refugees to settle, learn English and find work.", "Newcomers"),
    "dental": ("Dental Suite", "Dental care for adults with low income.", "Health"),
    "kids-help": ("Kids Help Phone", "Counselling for children and teens by phone, text and chat, at any hour.", "Youth"),
    "counselling": ("Family Counselling Centre", "Counselling for couples, families and individuals, with sliding fees.", "Mental health"),
    "seniors": ("Good Companions", "Activities, meals and friendly visits for older adults.", "Seniors"),
    "tax": ("Community Tax Clinic", "Volunteers prepare income tax returns for people with modest income.", "Income"),
    "clothing": ("St. Vincent Store", "Clothing and furniture vouchers for families in need.", "Clothing"),
    "ramp": ("Para Transpo", "Door to door transit for people who cannot use buses.", "Transport"),
}
WANTED = {
    "ottawa food bank": "food-bank",
    "food pantry": "food-bank",
    "banque alimentaire": "gatineau",
    "banque alimentaire gatineau": "gatineau",
    "comida gratis": "mission",
    "shelter for men": "mission",
    "shleter women": "cornerstone",
    "refugio para mujeres": "cornerstone",
    "detox": "detox",
    "désintoxication": "detox",
    "withdrawl managment": "detox",
    "lawyer eviction": "legal",
    "aide juridique": "legal",
    "behind on rent": "rent-bank",
    "loyer": "rent-bank",
    "newcomer sett": "settlement",
    "dentist": "dental",
    "denta": "dental",
    "kids help phone": "kids-help",
    "councelling family": "counselling",
    "family couns": "counselling",
    "friendly visits": "seniors",
    "tax clinic": "tax",
    "impôts": "tax",
    "winter clothes": "clothing",
    "I need help with my taxes": "tax",
    "para trans": "ramp",
}


def corpus() -> list[ListingDocument]:
    return [
        ListingDocument(key, key, 1, name, "o1", "Community partners", "source", description=text, category_words=category)
        for key, (name, text, category) in LISTINGS.items()
    ]


def reciprocal_rank(found: list[str], wanted: str) -> float:
    return 1 / (found.index(wanted) + 1) if wanted in found else 0.0


@pytest.mark.parametrize("name", EVERY)
def test_what_people_ask_for_comes_first_or_nearly(name):
    with fresh(ENGINES[name]) as engine:
        fill(engine, corpus())
        ranks = {
            asked: reciprocal_rank([hit.service_id for hit in engine.search(ServiceQuery(asked)).hits], wanted)
            for asked, wanted in WANTED.items()
        }
    missed = {asked: round(rank, 2) for asked, rank in ranks.items() if rank < 1}
    assert sum(ranks.values()) / len(ranks) >= 0.9, missed
    assert not [asked for asked, rank in ranks.items() if rank == 0], missed


@pytest.mark.parametrize("name", EVERY)
def test_what_words_mean_weighs_where_the_nearest_are_looked_at_too(name):
    nearer = [
        ListingDocument(f"d{n}", f"s{n}", 1, "Meals", "o1", "", "source", latitude=45.001, longitude=-75.0, served_areas=("a",))
        for n in range(8)
    ]
    meant = ListingDocument("pantry", "pantry", 1, "Meals", "o1", "", "source", categories=("food",), latitude=45.03, longitude=-75.0)
    with fresh(ENGINES[name]) as engine:
        fill(engine, [*nearer, meant])
        found = engine.search(ServiceQuery("meals", near=Near(45.0, -75.0), meant=(Meant("food", 1.0),))).hits
    assert (found[0].service_id, len(found)) == ("pantry", 9)
