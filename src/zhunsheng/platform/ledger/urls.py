"""Addresses below /ledger/."""

from django.urls import path

from zhunsheng.platform.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.index, name="index"),
    path("", views.index, name="home"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("tile/<path:path>", views.tile, name="tile"),
    path("key", views.key, name="key"),
]
