"""Floor 2: accounts, ledger, documents, jobs."""
