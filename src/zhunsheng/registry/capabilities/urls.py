from django.urls import URLPattern

app_name = "capabilities"
urlpatterns: list[URLPattern] = []
