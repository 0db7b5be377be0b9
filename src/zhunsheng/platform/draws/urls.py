"""Addresses below /draws/."""

from django.urls import path

from zhunsheng.platform.draws import views

app_name = "draws"
urlpatterns = [
    path("", views.DrawList.as_view(), name="list"),
    path("secret/", views.secret, name="secret"),
    path("<str:number>/", views.draw, name="draw"),
    path("<str:number>/transcript.json", views.transcript, name="transcript"),
    path("<str:number>/commitment.json", views.commitment, name="commitment"),
    path("<str:number>/receipts.json", views.receipts, name="receipts"),
    path("<str:number>/frame.csv", views.frame, name="frame"),
    path("<str:number>/source/", views.enter, name="enter"),
    path("<str:number>/draw/", views.run, name="run"),
    path("<str:number>/again/", views.again, name="again"),
]
