"""The sections of an assessment: each a function from context and evidence to blocks."""
