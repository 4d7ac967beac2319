"""The Codebook place: versions, codings to look at again, crosswalks, glossary."""
