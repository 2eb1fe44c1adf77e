"""Names of Oracle and of our columns that the reading itself depends on."""

ID_ATTRIBUTE = "OptyId"
UPDATED_ATTRIBUTE = "LastUpdateDate"
USUAL_FINDER = "MyOpportunitiesFinder;RecordSet='ALLOPTIES'"
"""Shows all that the user may see, not only its own open deals."""
ID_COLUMN = "remote_id"
UPDATED_COLUMN = "crm_updated_at"
ATTRIBUTES_SETTING = "ORACLE_ATTRIBUTES"
