"""Referrals as FHIR R4, in the words of the Gravity project's SDOH Clinical Care guide 3.0.0: out for other systems, and answers back in.

Nothing here tells who a person is: no name, contact, words, answers or notes, and no attempt that was never sent.
"""
