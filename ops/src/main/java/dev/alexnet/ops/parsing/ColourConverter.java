package dev.alexnet.ops.parsing;

import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.ops.console.ColourChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --color}. */
final class ColourConverter implements ITypeConverter<ColourChoice> {
  /** What it can be. */
  static final class Words extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Words() {
      super(Arrays.stream(ColourChoice.values()).map(SettingType::word).toList());
    }
  }

  static Optional<ColourChoice> of(String word) {
    return Arrays.stream(ColourChoice.values())
        .filter(choice -> SettingType.word(choice).equals(word))
        .findFirst();
  }

  @Override
  public ColourChoice convert(String word) {
    return of(word)
        .orElseThrow(
            () -> new TypeConversionException("'" + word + "' is not one of auto, always, never"));
  }
}
