"""The WSGI application that `zhunsheng serve` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
django_application = get_wsgi_application()

from zhunsheng.web.guards import patient  # noqa: E402 - settings must be read first

application = patient(django_application)
