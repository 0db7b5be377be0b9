from django.urls import path

from zhunsheng.registry.schedules.views import health, questions, schedules

app_name = "schedules"
urlpatterns = [
    path("", schedules.ScheduleList.as_view(), name="list"),
    path("new/", schedules.hand_in, name="hand-in"),
    path("check/", health.check, name="check"),
    path("health/", health.HealthList.as_view(), name="health"),
    path("health/<str:slug>/", health.body_health, name="body-health"),
    path("questions/", questions.QuestionList.as_view(), name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("decisions/", questions.DecisionList.as_view(), name="decisions"),
    path("decisions/<int:pk>/", questions.decision, name="decision"),
    path("decisions/<int:pk>/synonym/", questions.synonym, name="synonym"),
    path("<int:pk>/", schedules.schedule, name="schedule"),
    path("<int:pk>/state/", schedules.state, name="state"),
    path("<int:pk>/errors.xlsx", schedules.errors, name="errors"),
    path("<int:pk>/enter/", schedules.enter, name="enter"),
]
