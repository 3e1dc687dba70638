"""Figures over all petitions: of organs, limits and steps, never of people; behind each stand its files."""
