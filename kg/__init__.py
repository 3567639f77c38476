"""film-kg: film articles in, a knowledge graph with its evidence out."""
