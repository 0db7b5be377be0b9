from django.urls import path

from zhunsheng.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.tour, name="tour"),
    path("faulty.json", views.faulty, name="faulty"),
]
