-- Run this as a superuser of PostgreSQL, then set a password: \password {role}
CREATE ROLE "{role}" LOGIN;
GRANT CONNECT ON DATABASE "{database}" TO "{role}";
GRANT USAGE ON SCHEMA bi TO "{role}";
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO "{role}";
-- An upgrade makes the views anew.
ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" IN SCHEMA bi GRANT SELECT ON TABLES TO "{role}";
ALTER ROLE "{role}" SET search_path = bi;
ALTER ROLE "{role}" SET default_transaction_read_only = on;
-- Nobody waits long for a forgotten session or query, nor does an upgrade.
ALTER ROLE "{role}" SET statement_timeout = '5min';
ALTER ROLE "{role}" SET idle_in_transaction_session_timeout = '1min';
