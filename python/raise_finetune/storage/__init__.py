"""JSON-DB, the document store on the user's disk: layout, reading, writing, queries."""
