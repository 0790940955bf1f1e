package dev.alexnet.model.image;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.text.Quantity;
import java.util.Optional;

/** What happens to pictures that EXIF says are to be turned. */
public enum Orientation {
  /** Pixels stay as they are stored: so ImageNet was published and is read by others. */
  IGNORE,
  /** Pictures are turned before they are scaled. */
  APPLY;

  /** The setting that chooses it. */
  public static final Setting<Orientation> SETTING =
      Setting.choice("orientation", Orientation.class)
          .defaultsTo(IGNORE)
          .description(
              "ignore or apply: whether pictures are turned as their EXIF orientation says. Those of ImageNet are not.");

  /**
   * A sentence about what became of pictures with such an orientation; empty if there is none.
   *
   * @param pictures how many there are
   */
  public Optional<String> notice(long pictures) {
    if (pictures == 0) {
      return Optional.empty();
    }
    boolean one = pictures == 1;
    String count = Quantity.of(pictures, "picture");
    return Optional.of(
        this == APPLY
            ? "%s turned as the EXIF orientation says".formatted(count + (one ? " was" : " were"))
            : "%s an EXIF orientation, which was ignored. To turn such pictures, convert with --orientation apply"
                .formatted(count + (one ? " has" : " have")));
  }
}
