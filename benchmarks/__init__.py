"""Speed, as ratios against named peers and floors in one run: `python -m benchmarks`, results in RESULTS.md."""
