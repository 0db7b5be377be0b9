"""Verifiable credentials without Django: documents, proofs, status lists, issuers, codes; all verified offline."""
