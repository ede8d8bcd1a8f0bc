"""What is printed or saved: posters with which people find a survey, tables of what was answered."""
