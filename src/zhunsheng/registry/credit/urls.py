from django.urls import path

from zhunsheng.registry.credit.views import files, grades, persons, petitions

app_name = "credit"
urlpatterns = [
    path("", files.EventList.as_view(), name="events"),
    path("obligations/", files.ObligationList.as_view(), name="obligations"),
    path("obligations/<int:pk>/end/", files.discharge, name="discharge"),
    path("events/<int:pk>/withdraw/", files.withdraw, name="withdraw"),
    path("events/<int:pk>/<str:sort>/", petitions.file_one, name="file-request"),
    path("requests/", petitions.PetitionList.as_view(), name="requests"),
    path("requests/<str:number>/", petitions.petition, name="request"),
    path("requests/<str:number>/take-back/", petitions.take_back, name="take-back"),
    path("requests/<str:number>/files/<int:pk>/", petitions.evidence, name="evidence"),
    path("own/", grades.own, name="own"),
    path("grades/", grades.GradeList.as_view(), name="grades"),
    path("grades/moved/", grades.MovementList.as_view(), name="movements"),
    path("grades/compute/", grades.compute, name="compute-all"),
    path("grades/computings/<int:pk>/", grades.computing, name="computing"),
    path("grades/<str:slug>/", grades.grade, name="grade"),
    path("grades/<str:slug>/compute/", grades.compute, name="compute"),
    path("scorecard/", grades.scorecard, name="scorecard"),
    path("persons/", persons.PersonEventList.as_view(), name="persons"),
    path("persons/own/", persons.own, name="own-file"),
    path("persons/<int:pk>/", persons.person, name="person"),
    path("persons/<int:pk>/record/", persons.record_person, name="person-record"),
    path("persons/<int:pk>/account/", persons.account, name="person-account"),
    path("experts/<int:pk>/", persons.expert, name="expert"),
    path("experts/<int:pk>/record/", persons.record_expert, name="expert-record"),
    path("persons/events/<int:pk>/withdraw/", persons.withdraw_event, name="person-withdraw"),
    path("bodies/<str:slug>/", files.body, name="body"),
    path("bodies/<str:slug>/<str:action>/", files.act, name="act"),
]
