"""The WSGI application that `zhunsheng serve` runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
application = get_wsgi_application()

# What start-up made lives as long as the process: the collector need not walk over it with every batch of reports.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
