from django.urls import path

from zhunsheng.admission.licensing.views import need

app_name = "licensing"
urlpatterns = [
    path("need/", need.need, name="need"),
    path("bodies/<str:slug>/library/", need.renewal_outlook, name="renewals"),
]
