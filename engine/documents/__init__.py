"""What is issued: numbers, mandatory parts, wording, rendering and the rules of service."""
