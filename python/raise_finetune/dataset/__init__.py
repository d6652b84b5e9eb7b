"""The heart: from the user's records to a training set. Pure; knows no face and no network."""
