"""Near-duplicates: texts that differ in a few words only, found among millions."""
