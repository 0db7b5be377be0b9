from django.urls import path

from zhunsheng.oversight.visits.views import deciding, library, orders, results, room, sheet, visits
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
    path("orders/", orders.OrderList.as_view(), name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/do/<str:action>/", orders.act, name="order-act"),
    path("orders/<str:number>/evidence/<int:pk>/", orders.evidence, name="order-evidence"),
    path("results/", results.ResultList.as_view(), name="results"),
    path("results/<str:number>/", results.result, name="result"),
    path("results/<str:number>/do/<str:action>/", results.act, name="result-act"),
    path("disclosed/", results.DisclosedList.as_view(), name="disclosed"),
    path("checklists/", library.library, name="library"),
    path("checklists/editions/<int:pk>/approve/", library.approve, name="approve"),
    path("checklists/<str:code>/", library.checklist, name="checklist"),
    path("checklists/<str:code>/xlsform/", library.as_xlsform, name="xlsform"),
    path("<str:number>/", visits.visit, name="visit"),
    path("<str:number>/do/<str:action>/", visits.act, name="act"),
    path("<str:number>/findings/", deciding.findings, name="findings"),
    path("<str:number>/findings/do/<str:action>/", deciding.act, name="findings-act"),
    path("<str:number>/findings/<int:place>/<str:action>/", deciding.act_on_one, name="finding"),
    path("<str:number>/room/", room.room, name="room"),
    path("<str:number>/room/do/<str:action>/", room.act, name="room-act"),
    path("<str:number>/room/files/<int:pk>/", room.file, name="room-file"),
    path("<str:number>/record.pdf", visits.record, name="record"),
    path("<str:number>/pack.pdf", visits.pack, name="pack"),
    path("<str:number>/photos/<int:pk>/", visits.photo, name="photo"),
]
