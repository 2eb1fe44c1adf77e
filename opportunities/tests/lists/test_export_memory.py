"""A file of many rows takes no more memory than one of few."""

import tracemalloc
from contextlib import closing

import pytest

from opportunities.lists.export import ExportFormat, file_response
from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory

pytestmark = pytest.mark.django_db
FEW, MANY = 60, 600
A_LITTLE_MORE = 500_000  # Bytes; the rows themselves take several times of it.


def write_csv(rows):
    answer = file_response(ExportFormat.CSV, rows)
    assert sum(1 for _ in answer.streaming_content) == rows.count() + 1


def write_xlsx(rows):
    # To close the answer itself would end the test's connection, as a request does.
    with closing(file_response(ExportFormat.XLSX, rows).file_to_stream) as file:
        assert file.read(2) == b"PK"


def peak_of(write, rows):
    tracemalloc.start()
    try:
        write(rows)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_ten_times_the_rows_take_no_more_memory(write, monkeypatch):
    monkeypatch.setattr("opportunities.lists.export.CHUNK", 20)
    Opportunity.objects.bulk_create(OpportunityFactory.build_batch(MANY))
    few = Opportunity.objects.filter(pk__in=Opportunity.objects.values("pk")[:FEW])
    write(few)  # What is imported and remembered once is not the file's.
    growth = peak_of(write, Opportunity.objects.all()) - peak_of(write, few)
    assert growth < A_LITTLE_MORE
