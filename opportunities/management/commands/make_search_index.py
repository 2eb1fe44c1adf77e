"""manage.py make_search_index: once the first opportunities are in; the schedule does it, too."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opportunities.search_index import NoSearchIndex, make_search_index


class Command(BaseCommand):
    help = "Make the index that searching for parts of words uses, where it is missing."

    def handle(self, **options: Any) -> None:
        try:
            is_there = make_search_index()
        except NoSearchIndex as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(
            "The search index is there." if is_there else "Only PostgreSQL has a search index."
        )
