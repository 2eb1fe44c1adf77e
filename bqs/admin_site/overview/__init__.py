"""Show the admin's first page: figures by role, each a link to the rows it counts."""
