"""The words that addresses and names are written with, in English, French and Spanish, folded: one writing for each, and which of them
say little."""

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TYPES = {
    "street": "street st str",
    "avenue": "avenue ave av aven avenida avda",
    "road": "road rd",
    "drive": "drive dr drv",
    "lane": "lane ln",
    "boulevard": "boulevard blvd boul blv bd bulevar",
    "crescent": "crescent cres cr croissant",
    "court": "court crt ct",
    "place": "place pl plaza plz",
    "square": "square sq carre",
    "parkway": "parkway pkwy pky promenade prom",
    "highway": "highway hwy autoroute aut carretera",
    "route": "route rte rang rg",
    "terrace": "terrace terr ter terrasse",
    "circle": "circle cir",
    "trail": "trail trl",
    "way": "way wy",
    "line": "line",
    "rue": "rue r",
    "chemin": "chemin ch camino",
    "montee": "montee",
    "cote": "cote",
    "calle": "calle cl",
    "paseo": "paseo",
    "quay": "quay quai",
    "alley": "alley aly allee",
    "expressway": "expressway expy",
}
STREET_TYPES: Mapping[str, str] = {word: kind for kind, words in _TYPES.items() for word in words.split()}

_DIRECTIONS = {
    "n": "n no north nord norte",
    "s": "s so south sud sur",
    "e": "e east est este",
    "w": "w west ouest oeste o",
    "ne": "ne northeast",
    "nw": "nw northwest",
    "se": "se southeast",
    "sw": "sw southwest",
}
DIRECTIONS: Mapping[str, str] = {word: way for way, words in _DIRECTIONS.items() for word in words.split()}

ORDINALS: Mapping[str, str] = {
    word: str(number)
    for number, words in enumerate(
        (
            "first premiere premier primera primero",
            "second deuxieme segunda segundo",
            "third troisieme tercera",
            "fourth quatrieme cuarta",
            "fifth cinquieme quinta",
            "sixth sixieme sexta",
            "seventh septieme septima",
            "eighth huitieme octava",
            "ninth neuvieme novena",
            "tenth dixieme decima",
        ),
        start=1,
    )
    for word in words.split()
}

SILENT = _words(
    """
    the of and at for in on to a an by with inc incorporated ltd limited llc corp corporation co company de la le les du des et au
    aux en pour un une ltee enr sur dans del el los las y e para por con una uno
    program programme programs programmes programa programas
    """
)
"""Words of a name that carry nothing."""

_ONE_WRITING = {
    "st": "saint sainte st ste san santa sto sta",
    "center": "center centre ctr cntr centro cnter",
    "community": "community comm cmty communautaire communautaires comunitario comunitaria comunidad",
    "association": "association assoc assn asociacion assocation ass'n",
    "services": "services service svcs svc serv servicio servicios",
    "department": "department dept departement departamento",
    "university": "university univ universite universidad",
    "school": "school sch schl ecole escuela",
    "elementary": "elementary elem elementaire",
    "academy": "academy acad academie academia",
    "hospital": "hospital hosp hopital",
    "church": "church ch eglise iglesia",
    "family": "family fam familial familiale famille",
    "families": "families familles familias",
    "housing": "housing hsg logement vivienda",
    "society": "society soc societe sociedad",
    "foundation": "foundation fdn found fondation fundacion",
    "ministry": "ministry ministries min",
    "development": "development dev devel developpement",
    "health": "health hlth sante salud",
    "education": "education educ educational",
    "international": "international intl",
    "national": "national natl",
    "north": "north n nord norte",
    "south": "south s sud sur",
    "east": "east e est este",
    "west": "west w ouest oeste",
    "mount": "mount mt mont monte",
    "fort": "fort ft",
    "parish": "parish par paroisse parroquia",
    "club": "club clubs",
    "day": "day jour",
    "care": "care soins",
    "food": "food alimentaire alimentos alimentaria",
    "bank": "bank banque banco",
    "shelter": "shelter refuge refugio abri",
    "house": "house maison casa",
    "library": "library bibliotheque biblioteca",
    "clinic": "clinic clinique clinica",
    "youth": "youth jeunes jeunesse jovenes",
    "women": "women womens femmes mujeres",
    "men": "men mens hommes hombres",
    "seniors": "seniors senior aines ainees mayores",
    "children": "children childrens child enfants ninos",
    "help": "help aide ayuda",
}
ONE_WRITING: Mapping[str, str] = {word: one for one, words in _ONE_WRITING.items() for word in words.split()}
"""A word of a name -> the writing that stands for all of its writings, also in the other languages."""

GENERIC = frozenset(_ONE_WRITING) | _words(
    """
    pantry meal meals kitchen office city county town region regional public social support home local group network agency board
    council district state federal provincial municipal programme learning early childhood preschool daycare head start after
    before breakfast lunch dinner camp summer drop relief emergency crisis outreach mission army legal aid job employment
    counselling counseling treatment recovery addiction mental restaurant cafe grill bar hotel inn bistro park street avenue first
    united new old great main downtown central catholic baptist methodist lutheran christian charities charity centre-ville
    quartier ville comte bureau soutien accueil repas cuisine depannage dejeuner emploi juridique secours comida cocina ciudad
    condado oficina apoyo centro empleo
    """
)
"""Words that many names have, whatever a table says: they tell little apart, even in a table of ten rows."""

SHARED_HOSTS = _words(
    """
    facebook.com instagram.com twitter.com x.com linkedin.com youtube.com sites.google.com wixsite.com wordpress.com blogspot.com
    weebly.com google.com linktr.ee bit.ly eventbrite.com eventbrite.ca canadahelps.org yelp.com squareup.com square.site
    tiktok.com
    """
)
"""Hosts where the page, not the host, belongs to somebody."""

FREE_MAIL = _words(
    """
    gmail.com yahoo.com yahoo.ca hotmail.com hotmail.ca outlook.com live.com icloud.com aol.com msn.com rogers.com bell.net
    videotron.ca sympatico.ca comcast.net sbcglobal.net att.net verizon.net protonmail.com proton.me me.com
    """
)

PEOPLE: Mapping[str, int] = {
    word: 1 << number
    for number, words in enumerate(
        (
            "men mens hommes homme hombres hombre male males fathers father dads peres pere padres boys garcons",
            "women womens femmes femme mujeres mujer female females mothers mother moms meres mere madres girls filles",
            "children child childrens enfants enfant ninos ninas kids toddlers tots",
            "youth teens teen jeunes ados adolescents adolescentes jovenes",
            "adults adult adultes adultos",
            "seniors senior elders aines ainees mayores elderly",
        )
    )
    for word in words.split()
}
"""Whom a text speaks of, one bit a group of people: men, women, and four ages."""

BOTH_SEXES, ALL_AGES = 0b000011, 0b111100
