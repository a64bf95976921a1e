"""Files that list the addresses of articles or feeds: they are fetched as if they had been added themselves."""
