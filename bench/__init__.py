"""Speed, as ratios against peers in one run: absolute times mean nothing on a busy machine."""
