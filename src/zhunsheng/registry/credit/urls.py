from django.urls import path

from zhunsheng.registry.credit import views

app_name = "credit"
urlpatterns = [
    path("", views.EventList.as_view(), name="events"),
    path("obligations/", views.ObligationList.as_view(), name="obligations"),
    path("obligations/<int:pk>/end/", views.discharge, name="discharge"),
    path("events/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("bodies/<str:slug>/", views.body, name="body"),
    path("bodies/<str:slug>/<str:action>/", views.act, name="act"),
]
