"""The judged queries: a small province with a practitioner's catalogue, what should come first, and how it is scored.

`queries.csv` names for each query the parameters (any of those with "|", all of those with "&"), objects, standard and
region that the first results must have, with the reason. What a body truly holds is read from the scope lines, never
from the index.
"""
