from django.db import migrations

from audit.triggers import keep, keep_from_emptying, let_go, refuse

PARTS = ("assessment_answers", "assessment_knockout_answers")
TABLES = (
    *PARTS,
    "assessments",
    "assessment_review_comments",
    "assessment_decisions",
    "assessment_conditions",
)
SETTLING = ("state", "reason", "settled_by_id", "settled_at")
SUBMITTED = "EXISTS (SELECT 1 FROM assessments WHERE id IN ({}) AND submitted_at IS NOT NULL)"
KEPT_WITH_THEIR_ASSESSMENT = f"""
CREATE FUNCTION kept_with_their_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND {SUBMITTED.format("OLD.assessment_id")})
        OR (TG_OP <> 'DELETE' AND {SUBMITTED.format("NEW.assessment_id")})
    THEN
        RAISE EXCEPTION 'What is on record is never changed or deleted: %.', TG_TABLE_NAME;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


def keep_tables(apps, schema_editor):
    for table in PARTS:
        keep_part(schema_editor, table)
    keep(
        schema_editor,
        "assessments",
        when="OLD.submitted_at IS NOT NULL",
        free=("status", "status_before_close"),
    )
    keep(schema_editor, "assessment_review_comments")
    keep(schema_editor, "assessment_decisions")
    keep(schema_editor, "assessment_conditions", free=SETTLING)
    settled_once = ("assessment_conditions_settled_once", "UPDATE ON assessment_conditions")
    refuse(schema_editor, *settled_once, when="OLD.state <> 'OPEN'")


def keep_part(editor, table):
    """An answer stays as it is with the assessment that it belongs to, or would belong to."""
    keep_from_emptying(editor, table)
    if editor.connection.vendor == "postgresql":
        if table == PARTS[0]:
            editor.execute(KEPT_WITH_THEIR_ASSESSMENT, params=None)
        editor.execute(
            f"CREATE TRIGGER {table}_kept BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION kept_with_their_assessment()"
        )
        return
    for name, what, ids in (
        ("not_added", "INSERT", "NEW.assessment_id"),
        ("kept", "UPDATE", "OLD.assessment_id, NEW.assessment_id"),
        ("not_deleted", "DELETE", "OLD.assessment_id"),
    ):
        refuse(editor, f"{table}_{name}", f"{what} ON {table}", when=SUBMITTED.format(ids))


def let_tables_go(apps, schema_editor):
    let_go(schema_editor, *TABLES)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION kept_with_their_assessment")


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_what_is_on_record_is_kept"),
        ("assessments", "0008_recorded_fields_keep_their_authors"),
    ]

    operations = [migrations.RunPython(keep_tables, let_tables_go)]
