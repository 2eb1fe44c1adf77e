"""manage.py make_search_index: run it after the first load; the schedule does so, too."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opportunities.lists.search_index import NoSearchIndex, make_search_index


class Command(BaseCommand):
    help = "Make the index for searching parts of words, if it is missing."

    def handle(self, **options: Any) -> None:
        try:
            is_there = make_search_index()
        except NoSearchIndex as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(
            "The search index exists." if is_there else "Only PostgreSQL has a search index."
        )
