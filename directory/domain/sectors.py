"""The sectors whose programs the directory holds. Slugs are stable; their names are translated where they are shown."""

from enum import StrEnum


class Sector(StrEnum):
    SCHOOLS = "schools"
    HEALTH = "health"
    MENTAL_HEALTH = "mental-health"
    ADDICTIONS = "addictions"
    HOUSING = "housing"
    FOOD = "food"
    INCOME = "income"
    EMPLOYMENT = "employment"
    LEGAL = "legal"
    NEWCOMER = "newcomer"
    SENIORS = "seniors"
    YOUTH = "youth"
    MUNICIPAL = "municipal"
    PUBLIC_SAFETY = "public-safety"
    INDIGENOUS = "indigenous"
    COMMUNITY = "community"
