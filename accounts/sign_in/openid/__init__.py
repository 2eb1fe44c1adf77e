"""Sign people in at the company's provider of OpenID Connect. Why so: docs/decisions/0058."""
