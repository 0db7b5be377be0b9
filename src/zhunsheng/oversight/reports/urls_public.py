from django.urls import path

from zhunsheng.oversight.reports.views import verifying, verifying_many

app_name = "verification"
urlpatterns = [
    path("", verifying.home, name="home"),
    path("digest/", verifying.by_digest, name="digest"),
    path("many/", verifying_many.many, name="many"),
    path("number/", verifying.by_number, name="number"),
    path("<str:code>", verifying.answer, name="answer"),
]
