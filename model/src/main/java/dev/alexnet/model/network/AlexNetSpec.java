package dev.alexnet.model.network;

import dev.alexnet.infra.settings.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Describes a network as data: graph, shapes, parameters and the printed table are all derived from
 * it.
 *
 * @param name of the preset
 * @param description what it is and the expected error, with the source
 * @param imageSize height and width of the dataset's images in pixels
 * @param inputSize height and width of the crop that the network sees
 * @param towers how many towers; each may have a device of its own
 * @param biasRate the learning rate of biases at the start, as a multiple of that of weights
 * @param schedules when the rates fell in the trainings that were steered by hand
 * @param layers in the order of the forward pass
 */
public record AlexNetSpec(
    String name,
    String description,
    int imageSize,
    int inputSize,
    int towers,
    double biasRate,
    HandSchedules schedules,
    List<LayerSpec> layers) {

  public AlexNetSpec {
    layers = List.copyOf(layers);
    Problems problems =
        new Problems("network " + name)
            .require(inputSize > 0, "inputSize is %s; it must be at least 1", inputSize)
            .require(
                imageSize >= inputSize,
                "imageSize is %s; it must be at least inputSize %s",
                imageSize,
                inputSize)
            .require(schedules != null, "schedules are missing")
            .require(biasRate > 0, "biasRate is %s; it must be more than 0", biasRate)
            .require(towers == 1 || towers == 2, "towers is %s; it must be 1 or 2", towers);
    Set<String> names = new HashSet<>();
    for (LayerSpec layer : layers) {
      problems.require(names.add(layer.name()), "two layers are named %s", layer.name());
      if (layer instanceof LayerSpec.Convolution convolution) {
        problems.require(
            convolution.maps() % towers == 0,
            "%s has %s maps; they must be divisible by the %s towers",
            layer.name(),
            convolution.maps(),
            towers);
      }
    }
    problems.require(
        !layers.isEmpty()
            && layers.get(layers.size() - 1) instanceof LayerSpec.Dense last
            && last.whole()
            && last.units() == 0,
        "the last layer must be a whole dense layer with one unit per class");
    problems.throwIfAny();
  }

  /** The network without the layers that keep it from overfitting. */
  public AlexNetSpec withoutDropout() {
    return with(
        name,
        description,
        layers.stream().filter(layer -> !(layer instanceof LayerSpec.Dropout)).toList());
  }

  /** The same network with other layers, under another name. */
  AlexNetSpec with(String otherName, String otherDescription, List<LayerSpec> otherLayers) {
    return new AlexNetSpec(
        otherName,
        otherDescription,
        imageSize,
        inputSize,
        towers,
        biasRate,
        schedules,
        otherLayers);
  }

  /** The same network with other schedules. */
  AlexNetSpec scheduledBy(HandSchedules others) {
    return new AlexNetSpec(
        name, description, imageSize, inputSize, towers, biasRate, others, layers);
  }
}
