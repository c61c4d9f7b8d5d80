"""How much is still found when values are written as people and attackers write them, and what hostile texts cost."""
