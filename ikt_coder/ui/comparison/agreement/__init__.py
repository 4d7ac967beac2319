"""The Agreement page: where and how far coders agree, and the passages behind every figure."""
