package dev.alexnet.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.SampleSettings.Colour;
import dev.alexnet.infra.storage.Location;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Location PLACE = new Location("there");

  private static SettingsBuilder<SampleSettings> builder() {
    return SampleSettings.DEFINITION.builder().set(SampleSettings.OUTPUT, PLACE);
  }

  private static SampleSettings parse(String... arguments) {
    return SampleSettings.DEFINITION.parse(List.of(arguments), new ArrayList<>());
  }

  @Test
  void build_onlyWhatIsRequired_hasTheDefaults() {
    SampleSettings settings = builder().build();
    assertThat(settings.valueOf(SampleSettings.OUTPUT)).isEqualTo(PLACE);
    assertThat(settings.valueOf(SampleSettings.MODELS)).isEmpty();
    assertThat(settings.valueOf(SampleSettings.NOTE)).isEmpty();
    assertThat(settings.valueOf(SampleSettings.SIZE)).isEqualTo(256);
    assertThat(SampleSettings.SPACE.defaultText()).isEqualTo("2G");
    assertThat(settings.valueOf(SampleSettings.TRACE)).isFalse();
    assertThat(settings.valueOf(SampleSettings.COLOURS)).containsExactly(Colour.RED);
  }

  @Test
  void build_severalWrongValues_namesEachWithItsRange() {
    SettingsBuilder<SampleSettings> builder =
        SampleSettings.DEFINITION
            .builder()
            .set(SampleSettings.SIZE, 8)
            .set(SampleSettings.RATE, -0.5)
            .set(SampleSettings.TOP, List.of(1, 0));
    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
        .hasMessage(
            """
            sample: 4 problems:
              output is missing
              size is '8'; it must be 16 to 4096
              rate is '-0.5'; it must be at least 0
              top is '1,0'; it must be at least 1""");
  }

  @Test
  void build_notANumber_isRefused() {
    assertThatThrownBy(() -> builder().set(SampleSettings.RATE, Double.NaN).build())
        .hasMessage("sample: rate is 'NaN'; it must be at least 0");
  }

  @Test
  void build_againstARuleOfSeveral_isRefused() {
    assertThatThrownBy(
            () -> builder().set(SampleSettings.TRACE, true).set(SampleSettings.SIZE, 16).build())
        .hasMessage("sample: trace needs a larger size");
  }

  @Test
  void parse_everyType_readsWhatArgumentsWrites() {
    String[] arguments = {
      "--output=gs://bucket/a,b",
      "--model=first,model",
      "--model=second",
      "--note=a = b",
      "--size=64",
      "--seed=-9000000000",
      "--rate=1.0E-7",
      "--top=7,10",
      "--space=1536M",
      "--trace=true",
      "--colour=light-blue",
      "--colours=red,light-blue"
    };
    SampleSettings settings = parse(arguments);
    assertThat(settings.arguments()).containsExactly(arguments);
    assertThat(settings.valueOf(SampleSettings.MODELS))
        .containsExactly(new Location("first,model"), new Location("second"));
    assertThat(settings.valueOf(SampleSettings.SEED)).isEqualTo(-9_000_000_000L);
    assertThat(settings.valueOf(SampleSettings.SPACE).bytes()).isEqualTo(1536L << 20);
    assertThat(settings.valueOf(SampleSettings.COLOUR)).isEqualTo(Colour.LIGHT_BLUE);
    assertThat(parse(settings.arguments().toArray(String[]::new))).isEqualTo(settings);
  }

  @Test
  void parse_argumentsOfOthers_areLeft() {
    List<String> rest = new ArrayList<>();
    SampleSettings.DEFINITION.parse(
        List.of("--runner=FlinkRunner", "--output=there", "--sizes=1", "word"), rest);
    assertThat(rest).containsExactly("--runner=FlinkRunner", "--sizes=1", "word");
  }

  @Test
  void parse_wrongWords_areAllNamedWithWhatWasExpected() {
    assertThatThrownBy(
            () ->
                parse(
                    "--size=large",
                    "--size=8",
                    "--rate=fast",
                    "--colour=redd",
                    "--trace=yes",
                    "--space=much",
                    "--top=1,x"))
        .hasMessage(
            """
            sample: 8 problems:
              Invalid value for option '--size': 'large' is not a whole number
              Invalid value for option '--size': '8'; it must be 16 to 4096
              Invalid value for option '--rate': 'fast' is not a number
              Invalid value for option '--colour': 'redd'; did you mean 'red'?
              Invalid value for option '--trace': 'yes'; known are false, true
              Invalid value for option '--space': 'much' is not a size; write a whole number and K, M, G or T, such as 50G
              Invalid value for option '--top': 'x' is not a whole number
              output is missing""");
  }

  @Test
  void parse_choicesInAnyOrderAndTwice_areInTheOrderOfTheEnum() {
    SampleSettings settings = parse("--output=there", "--colours=light-blue,red,red");
    assertThat(settings.valueOf(SampleSettings.COLOURS))
        .containsExactly(Colour.RED, Colour.LIGHT_BLUE);
  }

  @Test
  void parse_choiceTwiceWhereEachIsOnce_isRefused() {
    assertThatThrownBy(() -> parse("--output=there", "--order=light-blue,light-blue"))
        .hasMessage("sample: order names light-blue twice; name it once");
    assertThatThrownBy(
            () ->
                builder()
                    .set(SampleSettings.ORDER, List.of(Colour.RED, Colour.LIGHT_BLUE, Colour.RED))
                    .build())
        .hasMessage("sample: order names red twice; name it once");
  }

  @Test
  void parse_emptyTextThatMayBeLeftOut_isRefusedAndItsEmptyDefaultIsNot() {
    assertThat(builder().build().valueOf(SampleSettings.PLACE)).isEmpty();
    assertThat(builder().set(SampleSettings.PLACE, "").build().valueOf(SampleSettings.PLACE))
        .isEmpty();
    assertThatThrownBy(() -> parse("--output=there", "--place="))
        .hasMessage(
            "sample: Invalid value for option '--place': it is empty; leave it out for any place");
    assertThatThrownBy(() -> parse("--output=there", "--place=a b"))
        .hasMessage("sample: Invalid value for option '--place': 'a b'; it must be one word");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20d", "20f", "0x1p3", "NaN", "Infinity", ".", "1e", "1_000", "٣", ""})
  void parse_numberThatOnlyJavaWrites_isRefused(String text) {
    assertThatThrownBy(() -> parse("--output=there", "--rate=" + text))
        .hasMessage("sample: Invalid value for option '--rate': '" + text + "' is not a number");
  }

  @ParameterizedTest
  @CsvSource({"20, 20", "+1.5, 1.5", ".5, 0.5", "2., 2", "' 1e-3 ', 0.001", "1.0E2, 100"})
  void parse_decimalNumber_isRead(String text, double number) {
    assertThat(parse("--output=there", "--rate=" + text).valueOf(SampleSettings.RATE))
        .isEqualTo(number);
  }

  @Test
  void identity_holdsWhatDecidesTheOutputAndNoPlace() {
    assertThat(builder().set(SampleSettings.NOTE, "other").build().identity())
        .containsExactlyInAnyOrderEntriesOf(Map.of("size", "256", "seed", "1", "colour", "red"));
  }

  @Test
  void builder_like_changesOneSettingOnly() {
    SampleSettings settings = builder().set(SampleSettings.SIZE, 64).build();
    SampleSettings changed =
        SampleSettings.DEFINITION.builder(settings).set(SampleSettings.SEED, 2L).build();
    assertThat(changed).isNotEqualTo(settings);
    assertThat(SampleSettings.DEFINITION.builder(changed).set(SampleSettings.SEED, 1L).build())
        .isEqualTo(settings)
        .hasSameHashCodeAs(settings);
  }

  @Test
  void writeObject_readBack_isEqual() throws Exception {
    SampleSettings settings = builder().set(SampleSettings.COLOUR, Colour.LIGHT_BLUE).build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(settings);
    }
  }

  @Test
  void of_twoSettingsOfOneName_isRefused() {
    assertThatThrownBy(
            () ->
                SettingsDefinition.of(
                    "twice",
                    values -> null,
                    SampleSettings.SIZE,
                    Setting.integer("size").description("Another.")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("twice has two settings named size");
  }

  @Test
  void set_settingOfAnotherDefinition_isRefused() {
    Setting<Integer> other = Setting.integer("size").description("Another.");
    assertThatThrownBy(() -> builder().set(other, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
