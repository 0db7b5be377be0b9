from django.urls import path

from zhunsheng.registry.bodies import views

app_name = "bodies"
urlpatterns = [
    path("", views.BodyList.as_view(), name="list"),
    path("<str:slug>/", views.body, name="body"),
    path("<str:slug>/changes/", views.changes, name="changes"),
    path("<str:slug>/organisation/", views.organisation, name="organisation"),
    path("<str:slug>/keys/", views.keys, name="keys"),
    path("<str:slug>/keys/<str:key_id>/revoke/", views.revoke_key, name="revoke-key"),
]
