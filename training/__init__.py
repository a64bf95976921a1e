"""Programs that train the models of `rag`."""
