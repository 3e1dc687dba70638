"""Simulation: many made-up petitions through a drawing, with as many people as there are and as long as things take."""
