"""What a body without signing tools uploads: the Excel template, a CSV, a ZIP of JSON reports."""

from .reading import Uploaded, is_upload, read_upload
from .template import write_template

__all__ = ["Uploaded", "is_upload", "read_upload", "write_template"]
