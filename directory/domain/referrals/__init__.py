"""Referrals that close the loop: a need of a person, the attempts to have it met, and the events that say what became of each.

The words are those of FHIR and of the Gravity project's SDOH Clinical Care guide 3.0.0: a need is a `ServiceRequest`, an attempt a `Task`.
"""
