"""The steps of a bid's way, each by the person who takes it and with what they see then."""

from pathlib import Path

from playwright.sync_api import expect

from bqs.tests.browser.people_at_work import Person

LIST = "/admin/opportunities/opportunity/"
IN_2099 = "2099-06-01"
COMMENT = "From the tender documents, chapter 3."
Pictures = Path | None


def open_from_list(person: Person, name: str, tab: str = "all") -> None:
    person.open(f"{LIST}?tab={tab}")
    # With the customer under its name.
    person.page.get_by_role("link", name=name).first.click()
    person.page.wait_for_url("**/change/**")


def sync_now(manager: Person, brings: str) -> None:
    manager.open("/admin/sync/synclog/")
    manager.page.get_by_role("link", name="Sync now").click()
    manager.press("Start")
    expect(manager.page.get_by_role("status").first).to_contain_text("Success")
    manager.open(f"{LIST}?tab=unassigned")
    expect(manager.page.get_by_role("link", name=brings)).to_be_visible()


def assign(lead: Person, name: str, to: str) -> None:
    open_from_list(lead, name, "unassigned")
    lead.follow("Assign")
    lead.choose("SA", containing=to)
    lead.press("Assign")
    lead.sees("Assign: done. The state is now Assigned.")


def rate_half(sa: Person, name: str, pictures: Pictures) -> None:
    """And come back later: what was saved is there."""
    open_from_list(sa, name, "my_queue")
    _choose_in_every(sa, "question", "3", first=4)
    sa.photograph(pictures, "assessment")
    sa.press("Save draft")
    # Who leaves before the answer came has not saved.
    sa.sees("Draft saved")
    open_from_list(sa, name, "my_queue")
    expect(_checked(sa)).to_have_count(4)


def rate_all_and_submit(sa: Person, recommendation: str) -> None:
    _choose_in_every(sa, "knockout", "Yes")
    _choose_in_every(sa, "question", "3")
    for group in sa.page.locator("fieldset.bqs-criterion:has(input[value='3'])").all():
        group.get_by_label("Comment").fill(COMMENT)
    view = sa.page.get_by_role("group", name="SA's recommendation")
    view.get_by_role("radio", name=recommendation, exact=True).check()
    sa.page.get_by_role("group", name="Confidence").get_by_role("radio", name="High").check()
    sa.press("Submit for decision")
    sa.sees("In review")


def submit_too_early(sa: Person) -> None:
    """Refused with what is missing, and nothing is lost."""
    sa.press("Submit for decision")
    expect(sa.page.get_by_role("alert").first).to_be_visible()
    expect(_checked(sa)).to_have_count(4)
    # The browser itself remarks on an answer with an error status.
    sa.complaints.clear()


def send_back(lead: Person, name: str, reason: str) -> None:
    open_from_list(lead, name, "in_review")
    lead.follow("Return")
    lead.fill("Reason", reason)
    lead.press("Return")
    lead.sees("The state is now Returned.")


def submit_again(sa: Person, name: str, having_read: str) -> None:
    open_from_list(sa, name, "my_queue")
    sa.sees(having_read)
    sa.press("Submit for decision")
    sa.sees("In review")


def approve_with_condition(lead: Person, name: str, condition: str, owner: str) -> None:
    open_from_list(lead, name, "in_review")
    lead.follow("Approve with conditions")
    row = lead.page.get_by_role("group", name="Condition 1")
    row.get_by_label("Condition").fill(condition)
    option = row.locator("option", has_text=owner).first.get_attribute("value")
    row.locator("select").select_option(option)
    row.locator("input[type=date]").fill(IN_2099)
    lead.press("Approve with conditions")
    lead.sees("The state is now Conditional.")


def meet_condition(lead: Person, name: str) -> None:
    open_from_list(lead, name, "decided")
    lead.page.get_by_role("link", name="Met").first.click()
    lead.fill("Reason", "The head of the practice confirmed it in writing.")
    lead.page.locator("form.bqs-form button").first.click()
    lead.follow("Conditions met")
    lead.press("Conditions met")
    lead.sees("The state is now Bid.")


def refresh(person: Person, name: str) -> None:
    open_from_list(person, name)
    person.press("Refresh this one")
    expect(person.page.locator("body")).to_contain_text("New from Oracle")


def _choose_in_every(sa: Person, kind: str, answer: str, first: int | None = None) -> None:
    value = answer if kind == "question" else answer.upper()
    radios = sa.page.locator(f"fieldset.bqs-criterion input[type=radio][value='{value}']")
    # all() takes what is there, and a page may still be coming.
    expect(radios.last).to_be_visible()
    for radio in radios.all()[:first]:
        radio.check()


def _checked(sa: Person):  # type: ignore[no-untyped-def]
    return sa.page.locator("fieldset.bqs-criterion input:checked")


def read_docs_and_record(lead: Person, name: str) -> None:
    """Pages outside the admin; what their content policy forbids would be complained about."""
    lead.open("/api/docs")
    expect(lead.page.locator(".swagger-ui .opblock").first).to_be_visible()
    open_from_list(lead, name)
    lead.follow("Decision record")
    lead.page.wait_for_url("**/decision-record?**")
    lead.sees("Decision record")
