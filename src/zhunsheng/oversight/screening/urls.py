"""Addresses below /screening/."""

from django.urls import path

from zhunsheng.oversight.screening import views

app_name = "screening"
urlpatterns = [
    path("", views.AlertList.as_view(), name="alerts"),
    path("tab/<str:tab>/", views.AlertList.as_view(), name="alerts-tab"),
    path("runs/", views.RunList.as_view(), name="runs"),
    path("calibration/", views.Calibration.as_view(), name="calibration"),
    path("subscription/", views.subscription, name="subscription"),
    path("feed/<str:token>.atom", views.feed, name="feed"),
    path("<int:pk>/", views.alert, name="alert"),
    path("<int:pk>/compare/", views.compare, name="compare"),
    path("<int:pk>/export.<str:kind>", views.export, name="export"),
    path("<int:pk>/<str:action>/", views.act, name="act"),
]
