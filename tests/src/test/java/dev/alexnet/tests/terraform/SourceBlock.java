package dev.alexnet.tests.terraform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block at the top of a file, as {@code terraform fmt} lays it out: it starts and ends in the
 * first column.
 *
 * @param file relative to the root of the configuration
 * @param kind {@code resource}, {@code variable}, …
 * @param labels the quoted words before the brace
 * @param body the lines between the braces
 * @param comment the lines of the comment directly above
 */
record SourceBlock(
    String file, String kind, List<String> labels, List<String> body, List<String> comment) {
  private static final Pattern HEAD = Pattern.compile("(\\w+)((?: \"[^\"]+\")*) \\{(\\})?");
  private static final Pattern LABEL = Pattern.compile("\"([^\"]+)\"");

  /** The blocks of every file of a configuration, its tests left out. */
  static List<SourceBlock> of(Path root) throws IOException {
    List<SourceBlock> blocks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".tf"))
              .filter(path -> !path.toString().contains(".terraform/"))
              .sorted()
              .toList()) {
        read(root.relativize(file).toString(), Files.readAllLines(file), blocks);
      }
    }
    return blocks;
  }

  private static void read(String file, List<String> lines, List<SourceBlock> blocks) {
    List<String> comment = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher head = HEAD.matcher(lines.get(i));
      if (lines.get(i).startsWith("#")) {
        comment.add(lines.get(i));
      } else if (head.matches()) {
        int end = head.group(3) == null ? lines.subList(i, lines.size()).indexOf("}") + i : i;
        List<String> labels =
            LABEL.matcher(head.group(2)).results().map(label -> label.group(1)).toList();
        List<String> body = i == end ? List.of() : List.copyOf(lines.subList(i + 1, end));
        blocks.add(new SourceBlock(file, head.group(1), labels, body, List.copyOf(comment)));
        comment.clear();
        i = end;
      } else {
        comment.clear();
      }
    }
  }

  /** Its name in messages, such as {@code modules/network/main.tf: resource.TYPE.NAME}. */
  String name() {
    return file + ": " + String.join(".", Stream.concat(Stream.of(kind), labels.stream()).toList());
  }

  /** Whether a line of the block itself, not of a block in it, sets an argument. */
  boolean sets(String argument) {
    return body.stream().anyMatch(line -> line.matches("  " + argument + " += .*"));
  }
}
