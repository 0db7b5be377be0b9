from django.urls import path

from zhunsheng.admission.licensing.views import need, renewals, routes

app_name = "licensing"
urlpatterns = [
    path("need/", need.need, name="need"),
    path("routes/", routes.routes, name="routes"),
    path("bodies/<str:slug>/library/", renewals.renewal_outlook, name="renewals"),
]
