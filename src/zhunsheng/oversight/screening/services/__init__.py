"""Use cases of screening: runs, judgements, files, subscriptions."""
