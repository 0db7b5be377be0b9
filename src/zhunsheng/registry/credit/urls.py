from django.urls import path

from zhunsheng.registry.credit.views import files, grades

app_name = "credit"
urlpatterns = [
    path("", files.EventList.as_view(), name="events"),
    path("obligations/", files.ObligationList.as_view(), name="obligations"),
    path("obligations/<int:pk>/end/", files.discharge, name="discharge"),
    path("events/<int:pk>/withdraw/", files.withdraw, name="withdraw"),
    path("grades/", grades.GradeList.as_view(), name="grades"),
    path("grades/moved/", grades.MovementList.as_view(), name="movements"),
    path("grades/compute/", grades.compute, name="compute-all"),
    path("grades/computings/<int:pk>/", grades.computing, name="computing"),
    path("grades/<str:slug>/", grades.grade, name="grade"),
    path("grades/<str:slug>/compute/", grades.compute, name="compute"),
    path("scorecard/", grades.scorecard, name="scorecard"),
    path("bodies/<str:slug>/", files.body, name="body"),
    path("bodies/<str:slug>/<str:action>/", files.act, name="act"),
]
