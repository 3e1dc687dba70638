"""The rooms in which people meet the office: pages that show and ask. No rule of the procedure lives here."""
