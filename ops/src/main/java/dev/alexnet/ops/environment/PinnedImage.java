package dev.alexnet.ops.environment;

import java.util.regex.Pattern;

/** The name of a container image that cannot become another image: with its digest, no tag. */
public final class PinnedImage {
  /** As the end of "it must be ...". */
  public static final String RULE =
      "an image with its digest: REPOSITORY/NAME@sha256:... Leave a tag out, because it can be moved while a run lasts; 'gcloud artifacts docker images list REPOSITORY' shows the digests";

  // As the distribution specification of container registries writes names.
  private static final String HOST = "[a-zA-Z0-9.-]+(?::[0-9]+)?";
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern NAME =
      Pattern.compile(HOST + "(?:/" + COMPONENT + ")+@sha256:[0-9a-f]{64}");

  private PinnedImage() {}

  /** Whether a name is complete, and only one image can have it. */
  public static boolean isValid(String name) {
    return NAME.matcher(name).matches();
  }
}
