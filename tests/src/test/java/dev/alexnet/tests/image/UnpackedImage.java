package dev.alexnet.tests.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An image, unpacked as a container's file system.
 *
 * @param root where its files are
 * @param config what a container is started with
 * @param layers the names of the files of each layer, the base's first
 */
public record UnpackedImage(Path root, JsonNode config, List<List<String>> layers) {

  /**
   * @param tar as {@code docker save} and {@code jib:buildTar} write it
   * @param directory must exist and be empty
   */
  public static UnpackedImage of(Path tar, Path directory)
      throws IOException, InterruptedException {
    return of(tar, directory, Integer.MAX_VALUE);
  }

  /**
   * The first layer alone without its Java: the system of a machine on which nothing is installed.
   */
  static Path bareSystem(Path tar, Path directory) throws IOException, InterruptedException {
    return of(tar, directory, 1, "--exclude=./opt/java").root();
  }

  private static UnpackedImage of(Path tar, Path directory, int most, String... options)
      throws IOException, InterruptedException {
    Path parts = Files.createDirectory(directory.resolve("parts"));
    Path root = Files.createDirectory(directory.resolve("root"));
    run("tar", "-xf", tar.toString(), "-C", parts.toString());
    ObjectMapper json = new ObjectMapper();
    JsonNode image = json.readTree(parts.resolve("manifest.json").toFile()).get(0);
    List<List<String>> layers = new ArrayList<>();
    for (JsonNode name : image.get("Layers")) {
      if (layers.size() < most) {
        layers.add(unpack(parts.resolve(name.asText()), root, options));
      }
      Files.delete(parts.resolve(name.asText()));
    }
    return new UnpackedImage(
        root,
        json.readTree(parts.resolve(image.get("Config").asText()).toFile()).get("config"),
        layers);
  }

  private static List<String> unpack(Path layer, Path root, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tar", "--warning=no-unknown-keyword"));
    command.addAll(List.of(options));
    command.addAll(List.of("-xzvf", layer.toString(), "-C", root.toString()));
    return run(command.toArray(String[]::new))
        .filter(file -> !file.endsWith("/"))
        .sorted()
        .toList();
  }

  private static Stream<String> run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as("exit code of %s", List.of(command)).isZero();
    return lines.stream();
  }

  public List<String> entryPoint() {
    List<String> words = new ArrayList<>();
    config.get("Entrypoint").forEach(word -> words.add(word.asText()));
    return words;
  }

  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode variable : config.get("Env")) {
      String[] pair = variable.asText().split("=", 2);
      environment.put(pair[0], pair[1]);
    }
    return environment;
  }
}
