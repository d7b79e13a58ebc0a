"""Referrals in FHIR R4 under `/api/v1/fhir`: an organization's machines read those that it received, and say what became of them."""
