from django.urls import path

from zhunsheng.registry.national import views

app_name = "national"
urlpatterns = [path("", views.RowList.as_view(), name="list")]
