package dev.alexnet.infra.json;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  record Point(String name, int x, double weight, List<Long> tags) {
    Point {
      new Problems("point").require(x >= 0, "x is %s; it must be at least 0", x).throwIfAny();
    }
  }

  record Note(
      @JsonProperty("text") String text,
      @JsonProperty("author") @JsonInclude(JsonInclude.Include.NON_NULL) String author,
      @JsonProperty("place") @JsonInclude(JsonInclude.Include.NON_NULL) Point place) {}

  enum Shade {
    LIGHT,
    DARK
  }

  record Drawing(
      @JsonProperty("first") Point first,
      @JsonProperty("named") Map<String, Point> named,
      @JsonProperty("all") List<Point> all,
      @JsonProperty("shade") Shade shade) {}

  private static final Point POINT = new Point("größe", 3, 0.1, List.of(1L, 1L << 40));

  private static Point read(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), Point.class, "points.json");
  }

  @Test
  void line_record_isOneLineInComponentOrder() {
    assertThat(Json.line(POINT))
        .isEqualTo("{\"name\":\"größe\",\"x\":3,\"weight\":0.1,\"tags\":[1,1099511627776]}");
  }

  @Test
  void line_textWithLineFeed_staysOneLine() {
    assertThat(Json.line(Map.of("message", "a\nb"))).isEqualTo("{\"message\":\"a\\nb\"}");
  }

  @Test
  void line_map_isSortedByKey() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", 2);

    assertThat(Json.line(map)).isEqualTo("{\"a\":2,\"b\":1}");
  }

  @Test
  void document_record_isIndentedAndEndsInLineFeed() {
    assertThat(new String(Json.document(POINT), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {
              "name" : "größe",
              "x" : 3,
              "weight" : 0.1,
              "tags" : [ 1, 1099511627776 ]
            }
            """);
  }

  @Test
  void read_whatDocumentWrote_isEqual() {
    assertThat(Json.read(Json.document(POINT), Point.class, "points.json")).isEqualTo(POINT);
  }

  @Test
  void read_keyThatIsNotWrittenIfNull_mayBeMissingAndNoOther() {
    Note unsigned = new Note("text", null, null);
    Note signed = new Note("text", "me", POINT);

    assertThat(Json.line(unsigned)).isEqualTo("{\"text\":\"text\"}");
    assertThat(Json.read(Json.document(unsigned), Note.class, "notes")).isEqualTo(unsigned);
    assertThat(Json.read(Json.document(signed), Note.class, "notes")).isEqualTo(signed);
    assertThatFailure(() -> Json.read("{}".getBytes(StandardCharsets.UTF_8), Note.class, "notes"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("the key 'text' is missing");
  }

  @Test
  void read_notANumber_isReadBack() {
    Point point = new Point("p", 0, Double.NaN, List.of());

    assertThat(read(Json.line(point))).isEqualTo(point);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'name':'p','x':1,'weight':1,'tags':[],'colour':1} | the key 'colour' is unknown",
        "{'name':'p','weight':1,'tags':[]}                  | the key 'x' is missing",
        "{'x':1,'weight':1,'tags':[]}                       | the key 'name' is missing",
        "{'name':'p','x':null,'weight':1,'tags':[]}         | the key 'x' must have a whole number (line 1,",
        "{'name':'p','x':1,'weight':'a','tags':[]}          | the key 'weight' must have a number (line 1,",
        "{'name':'p','x':1,'weight':1,'tags':{}}            | the key 'tags' must have a list (line 1,",
        "{'name':'p','x':1,'weight':1,'tags':[1,2.5]}       | the key 'tags[1]' must have a whole number (line 1,",
        "{'name':['p'],'x':1,'weight':1,'tags':[]}          | the key 'name' must have text (line 1,",
        "{'name':'p','tags':[]}                             | the keys 'x', 'weight' are missing (line 1,",
        "{'name':'p','x':1,'x':2,'weight':1,'tags':[]}      | the key 'x' is there twice (line 1,",
        "{'name':'p','x':'1','weight':1,'tags':[]}          | the key 'x' must have a whole number (line 1,",
        "{'name':'p','x':1.5,'weight':1,'tags':[]}          | the key 'x' must have a whole number (line 1,",
        "{'name':'p','x':1,'weight':1,'tags':[]} {}         | there is more after its end (line 1,",
        "                                                   | it is empty",
        "[]                                                 | it must be an object (line 1, column 1)",
        "{'name':'p','x':99999999999,'weight':1,'tags':[]}  | the key 'x' has a number that is too large; it must have a whole number (line 1,",
        "{'name':'p','x':1,'weight':1,'tags':[              | it ends too early (line 1,",
        "{'name':'p','x':-1,'weight':1,'tags':[]}           | point: x is -1; it must be at least 0",
        "<html>                                             | it is not JSON: Unexpected character ('<' (code 60)) (line 1, column 2)",
        "Warning: nothing                                   | it is not JSON: Unrecognized token 'Warning' (line 1, column 9)",
      })
  void read_somethingElse_isBadDataThatSaysWhereAndWhy(String json, String reason) {
    assertThatThrownBy(() -> read(json == null ? "" : json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageStartingWith("points.json is not what was expected: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"x\" : 3, | '' | the keys 'first.x', 'named.n.x', 'all[0].x' are missing",
        "\"x\" : 3 | \"x\" : 3, \"z\" : 1 | the keys 'first.z', 'named.n.z', 'all[0].z' are unknown",
        "\"x\" : 3 | \"z\" : 3 | the keys 'first.x', 'named.n.x', 'all[0].x' are missing; the keys 'first.z', 'named.n.z', 'all[0].z' are unknown",
        "\"x\" : 3 | \"x\" : -1 | first: point: x is -1; it must be at least 0",
        "\"x\" : 3 | \"x\" : \"3\" | the key 'first.x' must have a whole number (line 4, column 11)",
        "\"weight\" : 0.1, | \"z\" : true, | the keys 'first.weight', 'named.n.weight', 'all[0].weight' are missing; the keys 'first.z', 'named.n.z', 'all[0].z' are unknown",
        "\"DARK\" | \"BLUE\" | the key 'shade' must have one of LIGHT, DARK (line 22, column 13)",
      })
  void read_wrongInAnInnerObject_namesThePathsOfAllKeys(String right, String wrong, String reason) {
    Drawing drawing = new Drawing(POINT, Map.of("n", POINT), List.of(POINT), Shade.DARK);
    String json = new String(Json.document(drawing), StandardCharsets.UTF_8).replace(right, wrong);

    assertThatFailure(
            () -> Json.read(json.getBytes(StandardCharsets.UTF_8), Drawing.class, "d.json"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage("d.json is not what was expected: " + reason);
  }

  @Test
  void read_wrongValueAndMissingKeys_namesBoth() {
    assertThatFailure(() -> read("{'name':'p','x':true,'w':1}".replace('\'', '"')))
        .hasMessage(
            "points.json is not what was expected: the keys 'weight', 'tags' are missing; the key 'w' is unknown; the key 'x' must have a whole number (line 1, column 17)");
  }

  @Test
  void read_wrongType_namesLineAndColumnButQuotesNothing() {
    assertThatThrownBy(() -> read("{\n  \"name\": \"p\",\n  \"x\": true\n}"))
        .message()
        .endsWith("(line 3, column 8)")
        .doesNotContain("\"p\"");
  }

  @Test
  void read_null_isBadData() {
    assertThatFailure(() -> read("null")).hasMessage("points.json is null; it must be an object");
  }
}
