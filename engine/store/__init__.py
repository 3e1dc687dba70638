"""Paper: tables, migrations, the one place that commits, and the queries. The only room that imports SQLAlchemy."""
