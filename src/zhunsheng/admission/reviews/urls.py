from django.urls import path
from django.views.generic import RedirectView

from zhunsheng.admission.reviews.views import conclusions, nonconformities, panel, papers, reviews, rooms, sheet
from zhunsheng.platform.sheets import worker

app_name = "reviews"
urlpatterns = [
    path("", reviews.ReviewList.as_view(), name="reviews"),
    path("new/<str:application>/", reviews.new, name="new"),
    path("sheet/", RedirectView.as_view(pattern_name="reviews:reviews"), name="sheets"),
    path("sheet/worker.js", worker, name="worker"),
    path("sheet/<str:number>/", sheet.sheet, name="sheet"),
    path("sheet/<str:number>/sync/", sheet.sync, name="sync"),
    path("sheet/<str:number>/<int:part>/", sheet.sheet, name="sheet-part"),
    path("<str:number>/", reviews.review, name="review"),
    path("<str:number>/do/<str:action>/", reviews.act, name="act"),
    path("<str:number>/papers/", papers.papers, name="papers"),
    path("<str:number>/papers/<int:pk>/", papers.paper, name="paper"),
    path("<str:number>/panel/", panel.panel, name="panel"),
    path("<str:number>/panel/<str:action>/", panel.act, name="panel-act"),
    path("<str:number>/nonconformities/", nonconformities.nonconformities, name="nonconformities"),
    path("<str:number>/nonconformities/do/<str:action>/", nonconformities.act, name="nonconformities-act"),
    path("<str:number>/nonconformities/<int:place>/<str:action>/", nonconformities.act_on_one, name="nonconformity"),
    path("<str:number>/evidence/<int:pk>/", nonconformities.evidence, name="evidence"),
    path("<str:number>/room/", rooms.room, name="room"),
    path("<str:number>/room/do/<str:action>/", rooms.act, name="room-act"),
    path("<str:number>/room/files/<int:pk>/", rooms.file, name="file"),
    path("<str:number>/room/files/<int:pk>/remove/", rooms.remove, name="remove"),
    path("<str:number>/conclusion/", conclusions.conclusion, name="conclusion"),
    path("<str:number>/conclusion/<str:action>/", conclusions.act, name="conclusion-act"),
    path("<str:number>/report.pdf", conclusions.report, name="report"),
]
