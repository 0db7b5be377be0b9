"""The papers of a certificate as a screen reader meets them: named, in a language, with headings and table heads."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from zhunsheng.admission.certificates.tests.factories import issue, make_world
from zhunsheng.platform.credentials import selectors as credentials
from zhunsheng.platform.credentials.services import make_due_documents
from zhunsheng.platform.documents import files

pytestmark = pytest.mark.django_db(transaction=True)


def roles(node, found=None):
    """Return how often each kind of element stands in a document's structure."""
    found = {} if found is None else found
    held = node.get_object()
    if isinstance(held, list):
        for one in held:
            roles(one, found)
    elif isinstance(held, DictionaryObject):
        if "/S" in held:
            found[str(held["/S"])] = found.get(str(held["/S"]), 0) + 1
        if "/K" in held:
            roles(held["/K"], found)
    return found


def test_certificate_schedule_and_list_of_signatories_are_accessible():
    made = issue(make_world())
    make_due_documents()

    for code, title, heads in (
        (made.code, "检验检测机构资质认定证书", 0),
        (made.schedule_code, "检验检测能力附表", 9),
        (made.signatories_code, "授权签字人", 1),
    ):
        with files.open_by_digest(str(credentials.by_code(code).pdf_id)) as kept:
            reader = PdfReader(BytesIO(kept.read()))
        root = reader.trailer["/Root"]
        assert title in str(reader.metadata.title)
        assert root["/MarkInfo"]["/Marked"]
        assert str(root["/Lang"]).startswith("zh")
        assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
        found = roles(root["/StructTreeRoot"]["/K"])
        assert found["/H1"] == 1, title
        assert found.get("/TH", 0) >= heads, title
        fonts = {font for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()}
        assert fonts
        for font in fonts:
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor), title
