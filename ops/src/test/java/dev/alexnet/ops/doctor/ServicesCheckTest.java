package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServicesCheckTest {

  @Test
  void services_ofTheProgram_areThoseThatTerraformEnables() throws IOException {
    String source = Files.readString(Path.of("../terraform/modules/environment/main.tf"));
    String list = source.substring(source.indexOf("services = ["), source.indexOf("]"));
    List<String> enabled =
        Pattern.compile("\"([^\"]+)\"")
            .matcher(list)
            .results()
            .map((MatchResult result) -> result.group(1))
            .toList();

    assertThat(ServicesCheck.SERVICES).isEqualTo(enabled).hasSizeLessThanOrEqualTo(30);
  }
}
