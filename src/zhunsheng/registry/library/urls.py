from django.urls import path

from zhunsheng.registry.library.views import entries, proposals, replaced

app_name = "library"
urlpatterns = [
    path("", entries.EntryList.as_view(), name="entries"),
    path("changes/", entries.ChangeList.as_view(), name="changes"),
    path("suggest/<str:what>/", entries.suggest, name="suggest"),
    path("entries/<str:code>/", entries.entry, name="entry"),
    path("entries/<str:code>/compare/", entries.compare, name="compare"),
    path("proposals/", proposals.ProposalList.as_view(), name="proposals"),
    path("proposals/new/", proposals.new, name="propose"),
    path("proposals/<str:number>/", proposals.proposal, name="proposal"),
    path("proposals/<str:number>/evidence/<int:pk>/", proposals.evidence, name="evidence"),
    path("proposals/<str:number>/<str:action>/", proposals.act, name="act"),
    path("replaced/", replaced.ReplacedList.as_view(), name="replaced"),
    path("replaced/new/", replaced.new, name="replace"),
    path("replaced/<int:pk>/", replaced.AffectedList.as_view(), name="replaced-one"),
    path("replaced/<int:pk>/<str:slug>/", replaced.body, name="replaced-body"),
    path("declarations/", replaced.DeclarationList.as_view(), name="declarations"),
]
