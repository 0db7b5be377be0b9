from django.urls import path

from zhunsheng.admission.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.DecisionList.as_view(), name="decisions"),
    path("feed.atom", views.feed, name="feed"),
    path("<str:number>/", views.certificate, name="certificate"),
    path("<str:number>/measures/<str:kind>/", views.measure, name="measure"),
]
