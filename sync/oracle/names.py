"""The two attributes of Oracle that reading itself depends on."""

ID_ATTRIBUTE = "OptyId"
UPDATED_ATTRIBUTE = "LastUpdateDate"
