"""Name the permissions on opportunities for has_perm()."""

VIEW = "opportunities.view_opportunity"
# Actions and notes; the workflow decides which, and on which opportunity.
WORK_ON = "opportunities.change_opportunity"
COMMENT = "opportunities.comment_opportunity"
EXPORT = "opportunities.export_opportunity"
READ_FEED = "opportunities.read_feed"
TRY_AGAIN = "outbox.change_delivery"
REFRESH = "opportunities.refresh_opportunity"
