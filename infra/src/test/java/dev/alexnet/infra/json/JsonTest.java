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
        "{'name':'p','x':1,'weight':1,'tags':[]} {}         | Trailing token",
        "{'name':'p','x':1,'weight':1,'tags':[              | it ends too early (line 1,",
        "{'name':'p','x':-1,'weight':1,'tags':[]}           | point: x is -1; it must be at least 0",
        "<html>                                             | it is not JSON: Unexpected character ('<'",
      })
  void read_somethingElse_isBadDataThatSaysWhereAndWhy(String json, String reason) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageStartingWith("points.json is not what was expected: " + reason);
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
