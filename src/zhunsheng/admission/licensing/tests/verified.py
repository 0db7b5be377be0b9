"""Decided applications, ready to be verified."""

from datetime import timedelta
from typing import Any

from zhunsheng.admission.licensing.lifecycle import LineOutcome, Route, Stage
from zhunsheng.admission.licensing.models import Application, ApplicationLine, Decision
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.tests.factories import make_body


class World:
    """A laboratory in Guangzhou, the province's office, who verifies, who decided, and another who decides."""

    def __init__(self) -> None:
        self.laboratory: Organisation = make_organisation(Kind.BODY, division="440100")
        self.body: Body = make_body(organisation=self.laboratory, division=self.laboratory.division)
        self.bureau: Organisation = make_organisation(division="440000")
        self.manager: User = make_member(Role.BODY_MANAGER, self.laboratory)
        self.verifier: User = make_member(Role.REVIEWER, self.bureau)
        self.decider: User = make_member(Role.PROVINCE_OFFICER, self.bureau)
        self.second: User = make_member(Role.PROVINCE_OFFICER, self.bureau)
        self.legal: User = make_member(Role.LEGAL_OFFICER, self.bureau)

    def decided(self, route: str = Route.COMMITMENT, kind: str = "extension", number: str = "A-1") -> Application:
        """Return an application that was granted at NOON by the decider."""
        values: dict[str, Any] = dict.fromkeys(("filed_at", "accepted_at", "decided_at", "ended_at"), NOON)
        with recorded(self.decider, "test data"):
            made = Application.objects.create(
                number=number, kind=kind, route=route, stage=Stage.GRANTED, organisation=self.laboratory,
                body=self.body, division=self.laboratory.division, applicant_name=self.body.name,
                started_by=self.decider, started_at=NOON - timedelta(days=9), **values,
            )  # fmt: skip
            Decision.objects.create(
                application=made, number=f"粤许〔2026〕{number}", outcome=Stage.GRANTED, reasons="符合条件",
                proposed_by=self.verifier, proposed_at=NOON, decided_by=self.decider, decided_at=NOON,
            )  # fmt: skip
        return made

    def granted_line(self, application: Application, line: Any) -> ApplicationLine:
        """Return the line of the application by which this line of the register was granted."""
        with recorded(None, "test data"):
            return ApplicationLine.objects.create(
                application=application, number=1, act="add", object_text=line.object_text, object_id=line.object_id,
                parameter_text=line.parameter_text, parameter_id=line.parameter_id, method_text=line.method_text,
                edition_id=line.edition_id, outcome=LineOutcome.GRANTED,
            )  # fmt: skip
