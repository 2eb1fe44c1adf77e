-- The version of the views, for programs that read them.
SELECT
    {version} AS version, -- Grows when a program that reads the views may have to change.
    '{digest}' AS digest -- Of all that the views are made from; `bi_views check` compares it.
