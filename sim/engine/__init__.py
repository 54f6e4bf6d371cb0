"""What a day does: rules, what people do, morning and evening, and the drivers that make days pass."""
