package dev.alexnet.ops.runner;

/** Marks a command that passes the options after {@code --} to Beam. */
public interface RunsOnBeam {}
