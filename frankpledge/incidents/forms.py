"""The questions of this room."""

from __future__ import annotations

from django import forms


class AreaSearch(forms.Form):
    """Find a partnership by the name of a place."""

    words = forms.CharField(
        label="Find your area",
        help_text="A partnership, a district or a police force, for example Reading or Dyfed-Powys.",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": "Use at most 80 letters to find your area."},
    )
