"""Draws of the demo province: a sample of bodies that was drawn, and one whose numbers are still to be announced."""

from datetime import datetime, timedelta

from zhunsheng.demo import chance
from zhunsheng.demo.people import OFFICERS
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.draws import services
from zhunsheng.registry.bodies.models import Body

DELTA = ("4401", "4403", "4404", "4406", "4407", "4412", "4413", "4419", "4420")
"""Divisions of the Pearl River Delta, the first stratum."""
PLACE = policy.Place(division_code="440000")


def load_draws(now: datetime) -> None:
    """Commit two draws by the ordinary services, and draw the first; nothing without generated bodies."""
    frame = [
        {
            "id": slug,
            "stratum": "珠三角" if str(division or "").startswith(DELTA) else "粤东西北",
            "size": "3" if number % 4 == 0 else "1",
        }
        for number, (slug, division) in enumerate(
            Body.objects.filter(generated=True).order_by("slug").values_list("slug", "division_id")
        )
    ]
    if not frame:
        return
    chooser, notary, inspector = (_officer(name) for name in ("sheng", "fazhi", "jiancha"))
    drawn = services.commit(
        kind="sample", title="检验检测机构双随机抽查对象（演示）", frame=frame, parameters=_parameters(frame, 8),
        source="two_party", reference=chance.reference("sample", "省局法规处（演示）", "公证处（演示）"),
        place=PLACE, by=chooser, at=now - timedelta(days=9),
    )  # fmt: skip
    services.enter_source(draw_id=drawn.pk, material=chance.secrets("sample"), by=notary, at=now - timedelta(days=8))
    services.draw(draw_id=drawn.pk, by=inspector, at=now - timedelta(days=8))
    services.commit(
        kind="sample", title="食品检验机构专项抽查对象（演示）", frame=frame, parameters=_parameters(frame, 12),
        source="public_numbers", reference="福彩双色球下一期开奖号码（演示）", known_at=now + timedelta(days=3),
        place=PLACE, by=chooser, at=now - timedelta(days=1),
    )  # fmt: skip


def _parameters(frame: list[dict[str, str]], share: int) -> dict[str, object]:
    """Return the parameters for one body in `share`, at least one of each stratum."""
    strata = [row["stratum"] for row in frame]
    asked = {name: max(1, strata.count(name) // share) for name in dict.fromkeys(strata)}
    return {"method": "sampford", "n": asked, "floor": "0.02"}


def _officer(username: str) -> User:
    return User.objects.get(username=next(one.username for one in OFFICERS if one.username == username))
