from django.urls import path

from zhunsheng.platform.accounts.views import clients, organisations, people, records

app_name = "accounts"
urlpatterns = [
    path("password/reset/", people.password_lost, name="password-lost"),
    path("email/", people.addresses, name="addresses"),
    path("me/", people.me, name="me"),
    path("organisations/", organisations.OrganisationList.as_view(), name="organisations"),
    path("organisations/new/", organisations.organisation_new, name="organisation-new"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/change/", organisations.organisation_change, name="organisation-change"),
    path("organisations/<int:pk>/history/", records.organisation_history, name="organisation-history"),
    path("organisations/<int:pk>/people/add/", people.member_add, name="member-add"),
    path("organisations/<int:pk>/clients/new/", clients.client_new, name="client-new"),
    path("memberships/<int:pk>/end/", people.membership_end, name="membership-end"),
    path("people/<int:pk>/renew/", people.person_reset, name="person-reset"),
    path("people/<int:pk>/close/", people.person_deactivate, name="person-deactivate"),
    path("clients/", clients.ClientList.as_view(), name="clients"),
    path("clients/<int:pk>/", clients.client, name="client"),
    path("clients/<int:pk>/renew/", clients.client_rotate, name="client-rotate"),
    path("clients/<int:pk>/stop/", clients.client_stop, name="client-stop"),
    path("access/", records.AccessList.as_view(), name="access"),
]
