"""Files into numbers, numbers into sentences, charts and documents.

Knows nothing of Django, people or permissions, so that it can be used from a notebook or the
command line. Inside, imports run one way:
findings > measures > store | analysis | documents > definitions.
"""
