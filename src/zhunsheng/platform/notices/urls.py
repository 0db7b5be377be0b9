from django.urls import path

from zhunsheng.platform.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("<int:pk>/", views.delivery, name="delivery"),
    path("outgoing/", views.Outgoing.as_view(), name="outgoing"),
    path("outgoing/<int:pk>/", views.notice, name="notice"),
    path("outgoing/<int:pk>/send/", views.send, name="send"),
    path("outgoing/<int:pk>/discard/", views.discard, name="discard"),
    path("feeds/", views.feeds, name="feeds"),
    path("feed/<str:token>.atom", views.feed, name="feed"),
]
