"""The national list and library, and the provincial parameter library with its stewards and reviews."""
