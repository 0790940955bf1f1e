package dev.alexnet.infra.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of names in a listing. */
public final class NameOrder {
  /** By bytes, as Google Cloud Storage sorts; Java's own order differs beyond U+FFFF. */
  public static final Comparator<String> UTF_8 =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  private NameOrder() {}
}
