"""The public front: home with search, and how it works."""

from django.urls import path

from zhunsheng.web.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("about/", views.about, name="about"),
]
