package dev.alexnet.ops.planning;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.planning.PlannedStep.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the steps planned so far make, by the name of the variant that makes it. */
final class MadeProducts {
  private final Map<Product, Map<String, Location>> made = new EnumMap<>(Product.class);

  /** Later steps read this instead of what an earlier step of the same variant makes. */
  void add(Product product, String variant, Location place) {
    made.computeIfAbsent(product, missing -> new LinkedHashMap<>()).put(variant, place);
  }

  /**
   * What a step reads if its job file says nothing: the product of the variant of the same name, or
   * of the step without variants, or, if it takes several, of all variants.
   */
  List<Location> usual(Product product, String variant, boolean several) {
    Map<String, Location> places = made.getOrDefault(product, Map.of());
    for (String name : List.of(variant, "")) {
      if (places.containsKey(name)) {
        return List.of(places.get(name));
      }
    }
    return several ? List.copyOf(places.values()) : List.of();
  }

  /**
   * What a step reads if its job file names variants.
   *
   * @param names separated by commas
   * @return empty if one of them is not the name of a variant that makes it
   */
  Optional<List<Location>> named(Product product, String names) {
    Map<String, Location> places = made.getOrDefault(product, Map.of());
    List<Location> named = new ArrayList<>();
    for (String name : Arrays.stream(names.split(",", -1)).map(String::strip).toList()) {
      if (name.isEmpty() || !places.containsKey(name)) {
        return Optional.empty();
      }
      named.add(places.get(name));
    }
    return Optional.of(named);
  }
}
