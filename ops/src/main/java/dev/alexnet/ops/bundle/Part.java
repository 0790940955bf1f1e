package dev.alexnet.ops.bundle;

/** A file of a bundle, with its SHA-256 in hexadecimal. */
record Part(String name, String sha256) {}
