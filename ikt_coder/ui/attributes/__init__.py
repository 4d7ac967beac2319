"""What is known of participants and documents, in a grid."""
