"""What every page's frame needs: navigation, languages, the demo notice, the map's approval number."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zhunsheng.web import languages
from zhunsheng.web.navigation import account_menu, navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of `base.html`."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "account_menu": SimpleLazyObject(lambda: account_menu(request)),
        "languages": languages.addresses(request),
        "map_approval": settings.ZHUNSHENG_MAP_APPROVAL,
        "province": settings.ZHUNSHENG_PROVINCE,
        "is_demo": settings.ZHUNSHENG_DEMO,
    }
