"""Results into plain sentences, charts and whole assessments; each sentence carries its claim."""
