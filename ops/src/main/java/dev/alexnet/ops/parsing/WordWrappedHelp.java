package dev.alexnet.ops.parsing;

import dev.alexnet.infra.settings.SettingGroup;
import dev.alexnet.ops.console.WordWrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The help of a command, in which descriptions of options are broken at blanks only. Picocli breaks
 * them after any punctuation, such as that in {@code gpu:0/2}.
 */
final class WordWrappedHelp extends Help {
  /** The columns before the description: mark, short name, comma, and long name. */
  private static final int BEFORE_LONG_NAME = 5;

  private static final int AFTER_LONG_NAME = 4;

  WordWrappedHelp(CommandSpec command, ColorScheme colours) {
    super(command, colours);
  }

  /** The options, under headings if the command has groups of them. */
  @Override
  public String optionList() {
    List<SettingGroup> groups =
        commandSpec().userObject() instanceof SettingsCommand command
            ? command.definition().groups()
            : List.of();
    if (groups.isEmpty()) {
      return super.optionList();
    }
    List<OptionSpec> rest = new ArrayList<>(commandSpec().options());
    List<String> texts = new ArrayList<>();
    for (SettingGroup group : groups) {
      List<OptionSpec> options =
          group.settings().stream()
              .map(setting -> commandSpec().findOption("--" + setting.name()))
              .toList();
      rest.removeAll(options);
      texts.add(textOf(group.heading(), options));
    }
    List<OptionSpec> output =
        rest.stream()
            .filter(
                option -> option.usageHelp() || OutputOptions.NAMES.contains(option.longestName()))
            .toList();
    texts.add(textOf("Output", output));
    rest.removeAll(output);
    return textOf(rest) + String.join("", texts);
  }

  private String textOf(String heading, List<OptionSpec> options) {
    return String.format("%n%s:%n%n", heading) + textOf(options);
  }

  private String textOf(List<OptionSpec> options) {
    Layout layout = createDefaultLayout();
    layout.addOptions(
        options.stream().sorted(Comparator.comparingInt(OptionSpec::order)).toList(),
        parameterLabelRenderer());
    return layout.toString();
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    IOptionRenderer usual = super.createDefaultOptionRenderer();
    return (option, labels, colours) -> {
      List<Ansi.Text[]> rows = new ArrayList<>();
      for (Ansi.Text[] row : usual.render(option, labels, colours)) {
        rows.addAll(wrapped(row, colours));
      }
      return rows.toArray(Ansi.Text[][]::new);
    };
  }

  /** The row, with further rows below it for the rest of its description. */
  private List<Ansi.Text[]> wrapped(Ansi.Text[] row, ColorScheme colours) {
    int description = row.length - 1;
    int width =
        commandSpec().usageMessage().width()
            - BEFORE_LONG_NAME
            - AFTER_LONG_NAME
            - commandSpec().usageMessage().longOptionsMaxWidth();
    List<Ansi.Text[]> rows = new ArrayList<>();
    for (String line : WordWrap.lines(row[description].plainString(), width)) {
      Ansi.Text[] next = row.clone();
      if (!rows.isEmpty()) {
        Arrays.fill(next, colours.text(""));
      }
      next[description] = colours.text(line);
      rows.add(next);
    }
    return rows;
  }
}
