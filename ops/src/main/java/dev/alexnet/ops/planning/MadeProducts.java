package dev.alexnet.ops.planning;

import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.planning.PlannedStep.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the steps planned so far make, by the name of the variant that makes it. */
final class MadeProducts {
  private final Map<Product, Set<String>> planned;
  private final Map<Product, Map<String, Location>> made = new EnumMap<>(Product.class);

  /**
   * @param planned the names of all variants of the job that make a product, of later steps too
   */
  MadeProducts(Map<Product, Set<String>> planned) {
    this.planned = Map.copyOf(planned);
  }

  /** Later steps read this instead of what an earlier step of the same variant makes. */
  void add(Product product, String variant, Location place) {
    made.computeIfAbsent(product, missing -> new LinkedHashMap<>()).put(variant, place);
  }

  /**
   * What a step reads if its job file says nothing: the product of the variant of the same name, or
   * of the step without variants, or, if it takes several, of all variants. A variant with a name
   * of its own may be a misspelled one, so it must say which of several it reads.
   */
  List<Location> usual(Product product, String variant, boolean several) {
    Map<String, Location> places = made.getOrDefault(product, Map.of());
    for (String name : List.of(variant, "")) {
      if (places.containsKey(name)) {
        return List.of(places.get(name));
      }
    }
    boolean isClear = variant.isEmpty() || places.size() == 1;
    return several && isClear ? List.copyOf(places.values()) : List.of();
  }

  /**
   * What is wrong with names of which some seem to be variants.
   *
   * @param names separated by commas
   * @return empty if all are variants that make the product, or none seems to be one: the text is a
   *     place then
   */
  Optional<String> problem(Product product, String names) {
    Set<String> variants = new TreeSet<>(made.getOrDefault(product, Map.of()).keySet());
    variants.remove("");
    List<String> named = Arrays.stream(names.split(",", -1)).map(String::strip).toList();
    Optional<String> later =
        named.stream()
            .filter(name -> !variants.contains(name))
            .filter(planned.getOrDefault(product, Set.of())::contains)
            .findFirst();
    if (later.isPresent()) {
      return Optional.of(
          "'%s' is made later than this; write that variant before the one that needs it"
              .formatted(later.get()));
    }
    List<String> others = named.stream().filter(name -> !variants.contains(name)).toList();
    if (variants.isEmpty() || others.isEmpty()) {
      return Optional.empty();
    }
    boolean someAre = others.size() < named.size();
    return others.stream()
        .filter(name -> someAre || (!name.contains("/") && isNear(name, variants)))
        .findFirst()
        .map(
            name ->
                "'%s' is not a variant that makes this%s"
                    .formatted(name, Suggestion.forWord(name, variants)));
  }

  /** Short words are near to each other without being meant. */
  private static boolean isNear(String name, Set<String> variants) {
    return name.length() >= 5 && Suggestion.forWord(name, variants).contains("did you mean");
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
