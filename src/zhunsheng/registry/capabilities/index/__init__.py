"""The search index: postings in memory-mapped files, one whole segment and at most one of bodies changed since."""
