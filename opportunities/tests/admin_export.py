import csv
import io

LIST = "/admin/opportunities/opportunity/"


def exported(browser, kind, query=""):
    answer = browser.get(f"{LIST}export/{kind}?{query}")
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def rows_of_csv(browser, query=""):
    text = exported(browser, "csv", query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
