package dev.alexnet.ops.runner;

/** Marks a command that passes what follows {@code --} to Beam. */
public interface RunsOnBeam {}
