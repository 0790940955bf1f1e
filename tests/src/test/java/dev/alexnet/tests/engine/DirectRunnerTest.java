package dev.alexnet.tests.engine;

/** The direct runner, with two workers. */
class DirectRunnerTest extends RunnerContract {
  @Override
  protected String[] engine() {
    return new String[] {"--targetParallelism=2"};
  }
}
