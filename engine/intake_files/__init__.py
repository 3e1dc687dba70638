"""Reading petitions from the spreadsheets that offices export. Pure reading: nothing is registered here."""
