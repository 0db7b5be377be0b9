"""Addresses of this room."""

from django.urls import path

from zhunsheng.oversight.enforcement.views import cases, others, yardstick

app_name = "enforcement"
urlpatterns = [
    path("", cases.CaseList.as_view(), name="list"),
    path("tab/<str:tab>/", cases.CaseList.as_view(), name="list-tab"),
    path("new/", cases.new, name="new"),
    path("board/", others.board, name="board"),
    path("yardstick/", yardstick.yardstick, name="yardstick"),
    path("yardstick/<int:pk>/take-back/", yardstick.take_back, name="yardstick-take-back"),
    path("qualifications/", others.QualificationList.as_view(), name="qualifications"),
    path("severe/", others.SevereList.as_view(), name="severe"),
    path("published/", others.PublishedList.as_view(), name="published"),
    path("published/<int:pk>/", others.published_one, name="published-one"),
    path("<str:number>/", cases.case, name="case"),
    path("<str:number>/finding/", others.finding, name="finding-new"),
    path("<str:number>/finding/<int:place>/", others.finding, name="finding"),
    path("<str:number>/propose/", others.propose, name="propose"),
    path("<str:number>/records/", cases.EventList.as_view(), name="events"),
    path("<str:number>/files/", cases.FileList.as_view(), name="files"),
    path("<str:number>/files/<int:pk>/", cases.file, name="file"),
    path("<str:number>/documents/<int:pk>/", cases.document, name="document"),
    path("<str:number>/export/", cases.export, name="export"),
    path("<str:number>/do/<str:action>/", cases.act, name="act"),
]
