"""Every part of an assessment keeps its author, by id; a copy knows those of its source."""

import django.core.serializers.json
from django.db import migrations, models


RECORDED = (
    *("sa_recommendation", "sa_reason", "confidence", "bid_effort_days", "bid_cost"),
    *("bid_cost_currency", "customer_deadline_on", "competitors", "sales_owner_view"),
    *("open_risks", "lessons"),
)


def keep_authors(apps, schema_editor):
    """What older saves did not note, as on whose behalf, stays unknown."""
    rows = apps.get_model("assessments", "Assessment").objects
    columns = ("pk", "opportunity_id", "copied_from_id", "field_saves", *RECORDED)
    deal, known = None, {}
    for version in list(rows.order_by("opportunity_id", "version_no").values(*columns)):
        if version["opportunity_id"] != deal:
            deal, known = version["opportunity_id"], {}
        former = version["field_saves"]
        version["field_saves"] = own = {name: _told(save) for name, save in former.items()}
        _take_over(own, version, known.get(version["copied_from_id"], {"field_saves": {}}))
        known[version["pk"]] = version
        if own != former:
            rows.filter(pk=version["pk"]).update(field_saves=own)


def _take_over(own, version, source):
    for name, save in source["field_saves"].items():
        if name not in own and version[name] == source[name]:
            own[name] = {**save, "version": 0}
        elif name in own and own[name]["by"] != save["by"]:
            left = {key: save[key] for key in ("by", "on_behalf_of", "at")}
            own[name]["former"] = [*save["former"], left | {"value": source[name]}]


def _told(save):
    told = {key: value for key, value in save.items() if key != "name"}
    return {"on_behalf_of": None, "former": [], **told}


def name_by_id(apps, schema_editor):
    for model in ("Answer", "KnockoutAnswer"):
        rows = apps.get_model("assessments", model).objects
        for row in list(rows.exclude(former=[])):
            former = [_left(each) for each in row.former]
            rows.filter(pk=row.pk).update(former=former)


def _left(each):
    told = {key: value for key, value in each.items() if key not in ("author", "name")}
    return {"by": each.get("author", each.get("by")), "on_behalf_of": None, **told}


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_practices_are_composed")]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="field_saves",
            field=models.JSONField(
                default=dict,
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                help_text="recorded field -> {version, by, on_behalf_of, at, former} of its last save.",
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="former",
            field=models.JSONField(
                default=list,
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                help_text="Left here by earlier authors: {by, on_behalf_of, at, value, comment} each.",
            ),
        ),
        migrations.AlterField(
            model_name="knockoutanswer",
            name="former",
            field=models.JSONField(
                default=list,
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                help_text="Left here by earlier authors: {by, on_behalf_of, at, value, comment} each.",
            ),
        ),
        migrations.RunPython(keep_authors, migrations.RunPython.noop),
        migrations.RunPython(name_by_id, migrations.RunPython.noop),
    ]
