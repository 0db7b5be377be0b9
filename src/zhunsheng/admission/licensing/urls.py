from django.urls import path

from zhunsheng.admission.licensing import views

app_name = "licensing"
urlpatterns = [
    path("need/", views.need, name="need"),
    path("bodies/<str:slug>/library/", views.renewal_outlook, name="renewals"),
]
