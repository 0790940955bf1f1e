package dev.alexnet.model.training.step;

import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.graph.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Everything of a training step in one graph: two towers forward and backward, loss, update; the
 * same parameters once more in inference for validation, in float32 as the exported model; save and
 * restore.
 *
 * @param step fed: the number of the step, scalar
 * @param rates fed: the learning rate of each of {@code updates}, {@code [updates]}
 * @param loss of the training batch
 * @param updates one per parameter
 * @param validationLoss of the validation batch; null if there is none
 * @param initialize one operation that sets all variables
 */
record TrainingGraph(
    Operand<TInt64> step,
    Operand<TFloat32> rates,
    ClassificationLoss loss,
    List<UpdateRule.Update> updates,
    ClassificationLoss validationLoss,
    Op initialize,
    Variables variables,
    TensorBundle bundle) {

  /** The name of the scope of the validation network. */
  static final String VALIDATION = "validation";

  /** The value to feed to {@link #rates}. */
  float[] ratesOfUpdates(LearningRates learning) {
    float[] values = new float[updates.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) learning.of(updates.get(i).parameter());
    }
    return values;
  }

  /**
   * Adds the updates to a run. A frozen parameter must not move by its momentum either, so its
   * update is not run at all.
   */
  Session.Runner withUpdates(Session.Runner runner, LearningRates learning) {
    for (UpdateRule.Update update : updates) {
      if (learning.of(update.parameter()) > 0) {
        runner.addTarget(update.operation());
      }
    }
    return runner;
  }

  /**
   * A batch in the graph.
   *
   * @param images the same for each tower, {@code [batch, inputSize, inputSize, 3]}
   * @param labels {@code [batch]}
   */
  record Batch(List<Operand<TFloat32>> images, Operand<TInt64> labels) {
    Batch {
      images = List.copyOf(images);
    }
  }

  /**
   * @param classes the number of classes
   * @param training the training batch
   * @param validation the validation batch; null for none
   */
  static TrainingGraph build(
      Graph graph, SessionPlan plan, int classes, Batch training, Batch validation) {
    AlexNetSpec spec = plan.network();
    Placement placement = plan.placement();
    Ops tf = Ops.create(graph);
    Ops host = Placement.onHost(tf);
    Ops feeds = host.withSubScope("feeds");
    Operand<TInt64> step = feeds.withName("step").placeholder(TInt64.class);
    Operand<TFloat32> rates = feeds.withName("rates").placeholder(TFloat32.class);

    Variables variables = new Variables();
    Network network =
        Network.of(
            tf, spec, classes, plan.execution(), variables, new Mode.Training(plan.seed(), step));
    Operand<TFloat32> logits = network.logits(training.images());
    ClassificationLoss loss =
        ClassificationLoss.of(
            placement.on(tf.withSubScope("loss"), 0), logits, training.labels(), classes);
    Map<String, Operand<TFloat32>> gradients = new HashMap<>();
    network.backward(
        loss.logitsGradient(), (parameter, gradient) -> gradients.put(parameter.name(), gradient));
    List<UpdateRule.Update> updates =
        plan.rule()
            .updates(
                host.withSubScope("update"),
                variables,
                gradients,
                ratesByName(feeds, variables, rates));
    Op initialize =
        host.withControlDependencies(variables.initializers(plan.seed()))
            .withName("initialize")
            .noOp();

    ClassificationLoss validationLoss = null;
    if (validation != null) {
      Ops scope = tf.withSubScope(VALIDATION);
      Operand<TFloat32> validationLogits =
          Network.of(
                  scope,
                  spec,
                  classes,
                  plan.execution().in(Precision.FP32),
                  variables,
                  new Mode.Inference())
              .logits(validation.images());
      validationLoss =
          ClassificationLoss.of(
              placement.on(scope.withSubScope("loss"), 0),
              validationLogits,
              validation.labels(),
              classes);
    }
    return new TrainingGraph(
        step,
        rates,
        loss,
        updates,
        validationLoss,
        initialize,
        variables,
        TensorBundle.of(host.withSubScope("checkpoint"), variables));
  }

  private static Map<String, Operand<TFloat32>> ratesByName(
      Ops host, Variables variables, Operand<TFloat32> rates) {
    List<Output<TFloat32>> each = host.unstack(rates, (long) variables.all().size()).output();
    Map<String, Operand<TFloat32>> byName = new HashMap<>();
    for (Variables.Variable variable : variables.all()) {
      byName.put(variable.parameter().name(), each.get(byName.size()));
    }
    return byName;
  }
}
