"""The answers to questions about a person, in words that answer: *in a shelter*, where criteria say *people in a shelter*."""

from collections.abc import Mapping

from directory.domain.sentences import say

GENDER: Mapping[str, str] = {
    "female": say("a woman or girl"),
    "male": say("a man or boy"),
    "nonbinary": say("non-binary"),
    "two_spirit": say("Two-Spirit"),
}
HOUSEHOLD: Mapping[str, str] = {
    "alone": say("alone"),
    "couple": say("with a partner"),
    "children": say("with children"),
    "single_parent": say("alone with children"),
    "multigenerational": say("with family of several generations"),
}
EMPLOYMENT: Mapping[str, str] = {
    "employed": say("works"),
    "unemployed": say("has no work"),
    "underemployed": say("has too little work"),
    "laid_off": say("was laid off"),
    "self_employed": say("works for themselves"),
    "seasonal": say("works by the season"),
    "retired": say("is retired"),
    "unable_to_work": say("cannot work"),
}
HOUSING: Mapping[str, str] = {
    "housed": say("in a home"),
    "renting": say("rents a home"),
    "owner": say("owns a home"),
    "public_housing": say("in public housing"),
    "at_risk": say("may lose the home soon"),
    "homeless": say("has no home"),
    "shelter": say("in a shelter"),
    "street": say("outside"),
    "doubled_up": say("with others, for want of a home"),
    "rural": say("lives in the country"),
}
INSURANCE: Mapping[str, str] = {
    "none": say("none"),
    "underinsured": say("one that pays too little"),
    "medicaid": "Medicaid",
    "medicare": "Medicare",
    "chip": "CHIP",
    "marketplace": say("from the marketplace"),
    "private": say("a private one"),
    "public_ca": say("a provincial health card"),
    "veterans": say("as a veteran"),
}
BENEFITS: Mapping[str, str] = {
    "snap": "SNAP",
    "tanf": "TANF",
    "ssi": "SSI",
    "ssdi": "SSDI",
    "wic": "WIC",
    "medicaid": "Medicaid",
    "ow": "Ontario Works",
    "odsp": "ODSP",
    "ei": say("Employment Insurance"),
    "unemployment": say("unemployment benefits"),
    "housing_voucher": say("a housing voucher"),
}
VETERAN: Mapping[str, str] = {
    "veteran": say("a veteran"),
    "serving": say("serving now"),
    "family": say("of the family of one"),
}
