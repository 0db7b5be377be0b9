from django.urls import path

from zhunsheng.oversight.reports.views import confirming, downloads, lists, registering, report, submitting

app_name = "reports"
urlpatterns = [
    path("", lists.ReportList.as_view(), name="list"),
    path("findings/", lists.FindingList.as_view(), name="findings"),
    path("producers/<int:pk>/", lists.ProducerReports.as_view(), name="producer"),
    path("try/", submitting.try_file, name="try"),
    path("submit/", submitting.submit, name="submit"),
    path("register/", registering.register, name="register"),
    path("submit/confirm/", confirming.confirm, name="confirm"),
    path("template.xlsx", submitting.template, name="template"),
    path("<str:digest>/", report.report, name="report"),
    path("<str:digest>/report.json", downloads.as_json, name="json"),
    path("<str:digest>/dcc.xml", downloads.as_dcc, name="dcc"),
    path("<str:digest>/report.pdf", downloads.as_pdf, name="pdf"),
    path("<str:digest>/receipt.json", downloads.receipt, name="receipt"),
]
