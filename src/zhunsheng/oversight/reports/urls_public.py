from django.urls import path

from zhunsheng.oversight.reports.views import verifying

app_name = "verification"
urlpatterns = [
    path("", verifying.home, name="home"),
    path("digest/", verifying.by_digest, name="digest"),
    path("number/", verifying.by_number, name="number"),
    path("<str:code>", verifying.answer, name="answer"),
]
