package dev.alexnet.model.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Real data, which are not part of the repository. They are only looked for in the folder that
 * {@code -Dalexnet.data} names, so that a test never depends on files that happen to be next to the
 * checkout.
 */
public final class RealData {
  private static final String PROPERTY = "alexnet.data";

  private RealData() {}

  /** A test that needs real data: skipped if no folder is named. */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @Tag("data")
  @EnabledIfSystemProperty(
      named = PROPERTY,
      matches = ".*",
      disabledReason = "no -Dalexnet.data=DIR names a folder of real data")
  public @interface Needed {}

  /**
   * A folder of the real data. If a folder is named, these tests must run, so missing data make
   * them fail.
   *
   * @param name as in {@code devkits/ILSVRC2012_devkit_t12}
   */
  public static Path folder(String name) {
    String data = System.getProperty(PROPERTY);
    assertThat(data).as("-D%s, which a test marked as @RealData.Needed has", PROPERTY).isNotNull();
    // Each module's tests run in the module's directory.
    assertThat(Path.of(data)).as("-D%s", PROPERTY).isAbsolute();
    Path folder = Path.of(data, name);
    assertThat(folder).as("%s, which -D%s must hold", name, PROPERTY).isDirectory();
    return folder;
  }
}
