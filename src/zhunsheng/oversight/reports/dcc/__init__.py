"""Digital calibration certificates (PTB DCC XML): read into reports, and written from them. No Django here."""

from .reading import DccDocument, DccProblem, read_dcc
from .signature import Signed
from .writing import write_dcc

__all__ = ["DccDocument", "DccProblem", "Signed", "read_dcc", "write_dcc"]
