"""Các việc: one function per use case. May this person? → transition → save → ledger, in one transaction."""
