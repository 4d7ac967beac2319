"""The codebook and the details of codes and codings."""
