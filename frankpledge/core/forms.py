"""How forms look: our own GOV.UK templates, so that a field's label, hint and error are written once."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class GovRenderer(TemplatesSetting):
    """GOV.UK markup for every form of the site."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
