"""The page that each signed-in person starts from."""

from django.urls import path

from zhunsheng.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("screening/", views.screened, name="screening"),
    path("cases/", views.cased, name="cases"),
    path("verifying/", views.verifying, name="verifying"),
]
