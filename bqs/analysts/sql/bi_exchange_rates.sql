-- What a currency is worth in the reporting currency, from a day on; the newest valid one counts.
SELECT
    r.currency,
    r.rate,
    r.reporting_currency,
    r.valid_from
FROM exchange_rates AS r
