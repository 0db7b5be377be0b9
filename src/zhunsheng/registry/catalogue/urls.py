from django.urls import path
from django.views.generic import RedirectView

from zhunsheng.registry.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="catalogue:standards"), name="index"),
    path("standards/", views.EditionList.as_view(), name="standards"),
    path("standards/<int:pk>/", views.edition, name="edition"),
    path("parameters/", views.ParameterList.as_view(), name="parameters"),
    path("parameters/<str:code>/", views.parameter, name="parameter"),
]
