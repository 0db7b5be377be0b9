from django.urls import path

from zhunsheng.admission.licensing.views import (
    applicant,
    applicant_form,
    bars,
    need,
    officer,
    officer_documents,
    officer_statistics,
    renewals,
    routes,
    verifications,
)

app_name = "licensing"
_ONE = "applications/<str:number>/"
_APPLICANT = [
    path("applications/", applicant.ApplicationList.as_view(), name="applications"),
    path("applications/new/", applicant.new, name="application-new"),
    path(_ONE, applicant.application, name="application"),
    path(f"{_ONE}withdraw/", applicant.withdraw, name="application-withdraw"),
    path(f"{_ONE}to-sign/", applicant.statement, name="application-statement"),
    path(f"{_ONE}attached/<int:pk>/", applicant.attachment, name="application-file"),
    path(f"{_ONE}letters/<int:pk>/", applicant.document, name="application-document"),
    path(f"{_ONE}<str:part>/", applicant_form.part, name="application-part"),
    path(f"{_ONE}<str:part>/<int:pk>/remove/", applicant_form.remove, name="application-remove"),
]
urlpatterns = [
    *_APPLICANT,
    path("need/", need.need, name="need"),
    path("routes/", routes.routes, name="routes"),
    path("bars/", bars.BarList.as_view(), name="bars"),
    path("bars/new/", bars.new, name="bar-new"),
    path("bars/applicants/", bars.applicants, name="bar-applicants"),
    path("bars/<int:pk>/lift/", bars.lift, name="bar-lift"),
    path("verifications/", verifications.VerificationList.as_view(), name="verifications"),
    path("verifications/<int:pk>/", verifications.verification, name="verification"),
    path("verifications/<int:pk>/evidence/<int:file>/", verifications.evidence, name="verification-evidence"),
    path("verifications/<int:pk>/<str:action>/", verifications.act, name="verification-act"),
    path("bodies/<str:slug>/library/", renewals.renewal_outlook, name="renewals"),
    # officers
    path("queue/", officer.Queue.as_view(), name="queue"),
    path("queue/<str:tab>/", officer.Queue.as_view(), name="queue-tab"),
    path("durations/", officer_statistics.durations, name="durations"),
    path("files/<str:number>/", officer.file, name="file"),
    path("files/<str:number>/lines/", officer.LineList.as_view(), name="file-lines"),
    path("files/<str:number>/do/<str:action>/", officer.act, name="file-act"),
    path("documents/<int:pk>/", officer_documents.document, name="document"),
    path("documents/<int:pk>/serve/", officer_documents.serve, name="document-serve"),
    path("documents/<int:pk>/receipt/", officer_documents.receipt, name="document-receipt"),
    path("attachments/<int:pk>/", officer_documents.attachment, name="attachment"),
]
