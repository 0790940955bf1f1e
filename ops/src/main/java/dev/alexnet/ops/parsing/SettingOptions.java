package dev.alexnet.ops.parsing;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.SettingType.Shape;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** Makes command-line options from settings, and reads settings from parsed options. */
public final class SettingOptions {
  /** Picocli would drop what is empty after a comma at the end; so it stays with its item. */
  private static final String INNER_COMMA = ",(?!$)";

  private SettingOptions() {}

  /** Adds an option or a parameter to the command for each setting. */
  static void addTo(CommandSpec command, SettingsDefinition<?> definition) {
    List<? extends Setting<?>> settings = definition.settings();
    for (int i = 0; i < settings.size(); i++) {
      command.add(argument(settings.get(i), i));
    }
  }

  /**
   * Reads the settings that the command was given.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind USAGE that lists everything that is wrong
   */
  public static <S extends Settings> S read(CommandSpec command, SettingsDefinition<S> definition) {
    SettingsBuilder<S> builder = definition.builder();
    definition.settings().forEach(setting -> read(command, setting, builder));
    return builder.build();
  }

  @SuppressWarnings("unchecked") // Converted by the setting's own type.
  private static <T> void read(
      CommandSpec command, Setting<T> setting, SettingsBuilder<?> builder) {
    ArgSpec argument =
        setting.isPositional()
            ? command.positionalParameters().get(0)
            : command.findOption("--" + setting.name());
    builder.set(setting, (T) argument.getValue());
  }

  private static ArgSpec argument(Setting<?> setting, int place) {
    return setting.isPositional() ? parameter(setting) : option(setting, place);
  }

  private static PositionalParamSpec parameter(Setting<?> setting) {
    boolean several = setting.type().shape() == Shape.REPEATED;
    return PositionalParamSpec.builder()
        .arity((setting.isRequired() ? "1" : "0") + (several ? "..*" : "..1"))
        .required(setting.isRequired())
        .paramLabel(setting.label())
        .description(description(setting))
        .type(several ? List.class : Object.class)
        .auxiliaryTypes(Object.class)
        .converters(converter(setting))
        .build();
  }

  /**
   * @param place in the help. Picocli cannot sort 32 options of which some have a place and others
   *     have none.
   */
  private static OptionSpec option(Setting<?> setting, int place) {
    Shape shape = setting.type().shape();
    String usual = setting.defaultText();
    boolean showsDefault = !usual.isEmpty() && shape != Shape.FLAG;
    return OptionSpec.builder("--" + setting.name())
        .order(place)
        .required(setting.isRequired())
        .paramLabel(setting.label())
        .description(description(setting))
        .type(type(shape))
        .auxiliaryTypes(shape == Shape.FLAG ? boolean.class : Object.class)
        .splitRegex(shape == Shape.SEPARATED ? INNER_COMMA : "")
        .splitRegexSynopsisLabel(shape == Shape.SEPARATED ? "," : "")
        .converters(converter(setting))
        .defaultValue(usual.isEmpty() ? null : usual)
        .showDefaultValue(showsDefault ? Visibility.ALWAYS : Visibility.NEVER)
        .build();
  }

  private static Class<?> type(Shape shape) {
    return switch (shape) {
      case FLAG -> boolean.class;
      case SINGLE -> Object.class;
      case SEPARATED, REPEATED -> List.class;
    };
  }

  // Picocli treats descriptions as format strings.
  private static String description(Setting<?> setting) {
    return setting.description().replace("%", "%%");
  }

  private static ITypeConverter<?> converter(Setting<?> setting) {
    return text -> {
      try {
        return setting.parseItem(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
