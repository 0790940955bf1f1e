package dev.alexnet.infra.settings;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import java.util.List;

/** Settings of every type. */
final class SampleSettings extends Settings {
  private static final long serialVersionUID = 1L;

  enum Colour {
    RED,
    LIGHT_BLUE
  }

  static final Setting<Location> OUTPUT =
      Setting.location("output").required().description("Where to write.");
  static final Setting<List<Location>> MODELS = Setting.locations("model").description("Models.");
  static final Setting<String> NOTE = Setting.text("note").description("A note.");
  static final Setting<Integer> SIZE =
      Setting.integer("size")
          .defaultsTo(256)
          .between(16, 4096)
          .identifiesOutput()
          .description("Pixels.");
  static final Setting<Long> SEED =
      Setting.longInteger("seed").defaultsTo(1L).identifiesOutput().description("Decides draws.");
  static final Setting<Double> RATE =
      Setting.number("rate").defaultsTo(0.5).atLeast(0).description("A rate.");
  static final Setting<List<Integer>> TOP = Setting.integers("top").atLeast(1).description("Top.");
  static final Setting<ByteSize> SPACE =
      Setting.size("space").defaultsTo(ByteSize.parse("2G")).description("Bytes.");
  static final Setting<Boolean> TRACE = Setting.flag("trace").description("Traces.");
  static final Setting<Colour> COLOUR =
      Setting.choice("colour", Colour.class)
          .defaultsTo(Colour.RED)
          .identifiesOutput()
          .description("A colour.");
  static final Setting<List<Colour>> COLOURS =
      Setting.choices("colours", Colour.class)
          .defaultsTo(List.of(Colour.RED))
          .description("Colours.");

  static final Setting<String> PLACE =
      Setting.text("place")
          .mustBe("one word", text -> text.matches("\\w+"))
          .ifLeftOut("any place")
          .description("A place.");
  static final Setting<List<Colour>> ORDER =
      Setting.choices("order", Colour.class)
          .defaultsTo(List.of(Colour.RED))
          .eachOnce()
          .description("Colours, each once.");

  static final SettingsDefinition<SampleSettings> DEFINITION =
      SettingsDefinition.of(
              "sample",
              SampleSettings::new,
              OUTPUT,
              MODELS,
              NOTE,
              List.of(SIZE, SEED),
              RATE,
              TOP,
              SPACE,
              TRACE,
              COLOUR,
              COLOURS,
              PLACE,
              ORDER)
          .withRules(
              (settings, problems) ->
                  problems.require(
                      !settings.get(TRACE) || settings.get(SIZE) > 16,
                      "trace needs a larger size"));

  private SampleSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<SampleSettings> definition() {
    return DEFINITION;
  }

  <T> T valueOf(Setting<T> setting) {
    return get(setting);
  }
}
