from django.urls import path

from zhunsheng.oversight.visits.views import sheet, visits
from zhunsheng.platform.sheets import worker

app_name = "visits"
urlpatterns = [
    path("", visits.VisitList.as_view(), name="visits"),
    path("new/<str:task>/", visits.new, name="new"),
    path("pass/<str:code>/", visits.identification, name="pass"),
    path("sheet/", sheet.mine, name="sheets"),
    path("sheet/worker.js", worker, name="worker"),
    path("sheet/manifest.webmanifest", sheet.manifest, name="manifest"),
    path("sheet/<str:number>/", sheet.sheet, name="sheet"),
    path("sheet/<str:number>/sync/", sheet.sync, name="sync"),
    path("sheet/<str:number>/photo/", sheet.take_photo, name="take-photo"),
    path("<str:number>/", visits.visit, name="visit"),
    path("<str:number>/do/<str:action>/", visits.act, name="act"),
    path("<str:number>/record.pdf", visits.record, name="record"),
    path("<str:number>/photos/<int:pk>/", visits.photo, name="photo"),
]
