"""Who is responsible for what: units, posts and their holders, who is on duty now, which clauses a unit carries out."""
