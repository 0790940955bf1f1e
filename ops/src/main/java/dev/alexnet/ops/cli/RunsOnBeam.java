package dev.alexnet.ops.cli;

/** Marks a command that passes what follows {@code --} to Beam. */
interface RunsOnBeam {}
