"""Statistics without Django: every method names its source and is tested on published or recomputed values."""
