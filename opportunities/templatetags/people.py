"""Show a person in a template as everywhere else: `{{ user|person }}`."""

from django import template

from opportunities.lists.presentation import person

register = template.Library()
register.filter("person", person)
