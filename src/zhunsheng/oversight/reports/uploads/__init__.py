"""What a body without signing tools uploads: the Excel template, a CSV, a ZIP of JSON reports."""

from .listed import read_listed
from .pdf import MEDIA_TYPE as PDF_MEDIA_TYPE
from .pdf import is_pdf, read_pdf
from .reading import Uploaded, is_upload, read_upload
from .template import filled_template, write_template

__all__ = [
    "PDF_MEDIA_TYPE",
    "Uploaded",
    "filled_template",
    "is_pdf",
    "is_upload",
    "read_listed",
    "read_pdf",
    "read_upload",
    "write_template",
]
