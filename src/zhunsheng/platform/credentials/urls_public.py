from django.urls import path, register_converter

from zhunsheng.platform.credentials import views


class CodeConverter:
    """The letter C and 15 letters or digits, in any case; codes of reports have a hyphen."""

    regex = "[Cc][0-9A-Za-z]{15}"

    def to_python(self, value: str) -> str:
        """Return the code as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code for an address."""
        return value


register_converter(CodeConverter, "credential_code")

app_name = "credentials_public"
urlpatterns = [
    path("<credential_code:code>", views.answer, name="answer"),
    path("<credential_code:code>.json", views.signed_data, name="data"),
    path("<credential_code:code>/signatures.json", views.signatures, name="signatures"),
    path("<credential_code:code>.pdf", views.document, name="pdf"),
    path("<credential_code:code>/receipt/<str:what>", views.receipt, name="receipt"),
]
