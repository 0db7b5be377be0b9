from django.urls import path

from zhunsheng.registry.bodies.views import bodies, experts, life, loading, reductions, seals

app_name = "bodies"
urlpatterns = [
    path("", bodies.BodyList.as_view(), name="list"),
    path("loadings/", loading.loadings, name="loadings"),
    path("loadings/<int:pk>/", loading.loading, name="loading"),
    path("loadings/<int:pk>/load/", loading.load, name="load"),
    path("loadings/<int:pk>/problems.csv", loading.problems, name="problems"),
    path("experts/", experts.ExpertList.as_view(), name="experts"),
    path("experts/<str:code>/", experts.expert, name="expert"),
    path("<str:slug>/", bodies.body, name="body"),
    path("<str:slug>/changes/", bodies.changes, name="changes"),
    path("<str:slug>/life/<str:act>/", life.life, name="life"),
    path("<str:slug>/organisation/", bodies.organisation, name="organisation"),
    path("<str:slug>/scope/reduce/", reductions.reduce, name="reduce"),
    path("<str:slug>/scope/stop/", reductions.stop, name="stop"),
    path("<str:slug>/keys/", bodies.keys, name="keys"),
    path("<str:slug>/keys/<str:key_id>/revoke/", bodies.revoke_key, name="revoke-key"),
    path("<str:slug>/seals/", seals.seals, name="seals"),
    path("<str:slug>/seals/<str:fingerprint>/revoke/", seals.revoke_seal, name="revoke-seal"),
]
