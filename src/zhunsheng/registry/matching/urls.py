from django.urls import path

from zhunsheng.registry.matching import views

app_name = "matching"
urlpatterns = [
    path("", views.Queue.as_view(), name="queue"),
    path("producers/", views.ProducerList.as_view(), name="producers"),
    path("producers/<int:pk>/", views.producer, name="producer"),
    path("<int:pk>/", views.mention, name="mention"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/undo/<int:decision>/", views.undo, name="undo"),
]
