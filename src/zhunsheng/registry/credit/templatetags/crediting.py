"""Words of credit files for templates."""

from django import template

from zhunsheng.platform.reading import listed
from zhunsheng.registry.credit import showing

register = template.Library()

register.filter(showing.source_words)
register.filter(showing.grade_reason)
register.filter(listed)
