"""Above the counter: drawings before and between their time in force: proof, versions, scenarios, migration."""
