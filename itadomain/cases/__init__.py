"""What citizens bring to the agency: problems, suggestions, praise; worked on to a day and answered."""
