from django.urls import path

from zhunsheng.registry.capabilities import views

app_name = "capabilities"
urlpatterns = [
    path("", views.index, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("together/", views.together, name="together"),
    path("gaps/", views.gaps, name="gaps"),
]
