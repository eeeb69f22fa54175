"""Sentences from figures: one module per kind of sentence, pure functions, words with their claims.

The rules of every sentence here: plain and active; no blame, no alarm; no direction without a test
that supports it; where chance explains a difference, the sentence says so; every measured number
leads back to its figure, and every assertion is a claim that somebody else can recompute.
"""
