from django.urls import path

from zhunsheng.admission.licensing.views import applicant, applicant_form, need, renewals, routes

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
    path("bodies/<str:slug>/library/", renewals.renewal_outlook, name="renewals"),
]
