from django.urls import path

from zhunsheng.platform.credentials import views

app_name = "credentials"
urlpatterns = [
    path("", views.issuer_page, name="issuer"),
    path("digest/", views.by_digest, name="digest"),
    path("find/", views.by_number, name="find"),
    path("status/<slug:name>", views.status, name="status"),
    path("context/1", views.context, name="context"),
    path("authority.pem", views.authority, name="authority"),
    path("clocks.pem", views.clocks, name="clocks"),
]
