from django.urls import path
from django.views.generic import RedirectView

from zhunsheng.registry.catalogue.views import currency, lists, records

app_name = "catalogue"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="catalogue:standards"), name="index"),
    path("standards/", lists.EditionList.as_view(), name="standards"),
    path("standards/check/", currency.currency, name="currency"),
    path("standards/<int:pk>/", records.edition, name="edition"),
    path("parameters/", lists.ParameterList.as_view(), name="parameters"),
    path("parameters/<str:code>/", records.parameter, name="parameter"),
    path("methods/", lists.MethodList.as_view(), name="methods"),
    path("objects/", lists.ObjectList.as_view(), name="objects"),
    path("objects/<str:code>/", records.tested, name="object"),
    path("limits/", lists.LimitList.as_view(), name="limits"),
]
