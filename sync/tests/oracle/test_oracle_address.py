import pytest

from sync.oracle.survey.address import base_addresses

HOST = "https://acme.fa.example.com"


@pytest.mark.parametrize(
    ("written", "first"),
    [
        (HOST, HOST),
        (f"{HOST}/", HOST),
        ("acme.fa.example.com", HOST),
        ("http://acme.fa.example.com", HOST),
        ("https://user:secret@acme.fa.example.com", HOST),
        (f"{HOST}/fscmUI/faces/FuseWelcome?fndGlobalItemNodeId=x", HOST),
        (f"{HOST}/crmRestApi/resources/11.13.18.05/opportunities", HOST),
        (f"{HOST}:8443/gateway", f"{HOST}:8443/gateway"),
        ("http://127.0.0.1:8900", "http://127.0.0.1:8900"),
    ],
)
def test_an_address_is_made_the_one_that_rest_needs(written: str, first: str) -> None:
    assert base_addresses(written)[0] == first


def test_behind_a_path_that_may_be_right_the_host_alone_comes_next() -> None:
    assert base_addresses(f"{HOST}/gateway") == [f"{HOST}/gateway", HOST]


@pytest.mark.parametrize("written", ["", "https://", "https://[half", "https://host:port"])
def test_what_is_no_address_has_no_base(written: str) -> None:
    assert base_addresses(written) == []
