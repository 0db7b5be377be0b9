"""Addresses below /inspections/."""

from django.urls import path

from zhunsheng.oversight.inspections.views import board, plans, pool, tasks

app_name = "inspections"
urlpatterns = [
    path("", board.ResultList.as_view(), name="public"),
    path("public/<str:number>/", board.public_plan, name="public-plan"),
    path("board/", board.board, name="board"),
    path("plans/", plans.PlanList.as_view(), name="plans"),
    path("plans/new/", plans.new, name="plan-new"),
    path("plans/<str:number>/", plans.plan, name="plan"),
    path("plans/<str:number>/edit/", plans.edit, name="plan-edit"),
    path("plans/<str:number>/frame/", plans.frame, name="frame"),
    path("plans/<str:number>/causes/", plans.open_causes, name="causes"),
    path("plans/<str:number>/do/<str:action>/", plans.act, name="plan-act"),
    path("tasks/", tasks.TaskList.as_view(), name="tasks"),
    path("tasks/<str:number>/", tasks.task, name="task"),
    path("tasks/<str:number>/do/<str:action>/", tasks.act, name="task-act"),
    path("inspectors/", pool.InspectorList.as_view(), name="inspectors"),
    path("inspectors/new/", pool.new, name="inspector-new"),
    path("inspectors/<str:code>/", pool.inspector, name="inspector"),
    path("inspectors/<str:code>/do/<str:action>/", pool.act, name="inspector-act"),
]
