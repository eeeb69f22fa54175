"""What every room stands on: accounts, who may open which page, the frame of a page, refusals that help."""
