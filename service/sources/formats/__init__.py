"""One file for each format that film metadata comes in; `service.sources.SOURCES` lists them."""
