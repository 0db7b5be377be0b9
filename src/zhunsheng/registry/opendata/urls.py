from django.urls import path

from zhunsheng.registry.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.index, name="index"),
    path("dictionary/", views.dictionary, name="dictionary"),
    path("look-up/", views.look_up, name="look-up"),
]
