package dev.alexnet.tests.terraform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules for the written configuration that no plan shows. */
final class SourceRules {
  private static final Pattern AUTHORITATIVE = Pattern.compile(".*_iam_(binding|policy)");

  private SourceRules() {}

  /** The broken rules, one line each: the file, the block and its problem. */
  static List<String> violations(Path root) throws IOException {
    return SourceBlock.of(root).stream().flatMap(SourceRules::violations).toList();
  }

  private static Stream<String> violations(SourceBlock block) {
    List<String> problems = new ArrayList<>();
    switch (block.kind()) {
      case "variable" -> {
        require(block.sets("type"), "the variable has no type", problems);
        require(block.sets("description"), "the variable has no description", problems);
      }
      case "output" ->
          require(block.sets("description"), "the output has no description", problems);
      case "resource" -> checkResource(block, problems);
      default -> {}
    }
    return problems.stream().map(problem -> block.name() + ": " + problem);
  }

  private static void checkResource(SourceBlock resource, List<String> problems) {
    String type = resource.labels().get(0);
    require(
        !AUTHORITATIVE.matcher(type).matches(),
        "it removes members that it does not name; use _iam_member",
        problems);
    require(!type.endsWith("_key"), "keys get lost; impersonate the account", problems);
    require(!resource.comment().isEmpty(), "no comment says what it is for", problems);
    require(
        resource.body().stream().noneMatch(line -> line.strip().startsWith("#")),
        "it has a second comment",
        problems);
    if (type.equals("google_storage_bucket")) {
      require(
          resource.sets("public_access_prevention"),
          "public_access_prevention is not set",
          problems);
    }
  }

  private static void require(boolean holds, String problem, List<String> problems) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
