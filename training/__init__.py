"""Programs that train the models of this project. Nothing here is needed at run time."""
