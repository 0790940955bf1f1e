package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alexnet.model.dataset.Shard;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * Reads {@link Scores}, whose parts lie flat in one object. Jackson writes that by {@link
 * JsonUnwrapped}, but cannot read it into records.
 */
final class ScoresDeserializer extends StdDeserializer<Scores> {
  private static final long serialVersionUID = 1L;

  ScoresDeserializer() {
    super(Scores.class);
  }

  @Override
  public Scores deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode file = context.readTree(parser);
    if (!(file instanceof ObjectNode)) {
      throw JsonMappingException.from(parser, "it must be an object");
    }
    try {
      Scores scores = new Reader((ObjectNode) file, parser, context).scores();
      if (!file.isEmpty()) {
        context.handleUnknownProperty(parser, this, Scores.class, file.fieldNames().next());
      }
      return scores;
    } catch (JsonProcessingException e) {
      // It would be the file's end, whatever is wrong.
      e.clearLocation();
      throw e;
    }
  }

  /** Takes the values that it reads out of the object, so that unknown ones are left. */
  private record Reader(ObjectNode file, JsonParser parser, DeserializationContext context) {
    Scores scores() throws IOException {
      int schemaVersion = value("schema_version", type(int.class));
      ImageCounts counts = part(ImageCounts.class);
      ErrorRates errors = part(ErrorRates.class);
      InferenceMode mode = part(InferenceMode.class);
      ScoredInputs inputs = part(ScoredInputs.class);
      FoundWeights foundWeights = value("found_weights", type(FoundWeights.class));
      List<Shard> predictions = value("predictions", listOf(Shard.class));
      List<String> replacedOperations = value("replaced_operations", listOf(String.class));
      List<String> warnings = value("warnings", listOf(String.class));
      try {
        return new Scores(
            schemaVersion,
            counts,
            errors,
            mode,
            inputs,
            foundWeights,
            predictions,
            replacedOperations,
            warnings);
      } catch (RuntimeException e) {
        throw context.instantiationException(Scores.class, e);
      }
    }

    private JavaType type(Class<?> type) {
      return context.constructType(type);
    }

    private JavaType listOf(Class<?> element) {
      return context.getTypeFactory().constructCollectionType(List.class, element);
    }

    private <T> T value(String name, JavaType type) throws IOException {
      if (!file.has(name)) {
        throw JsonMappingException.from(parser, "Missing creator property '" + name + "'");
      }
      JsonNode value = file.remove(name);
      return value.isNull() ? null : context.readTreeAsValue(value, type);
    }

    private <T extends Record> T part(Class<T> type) throws IOException {
      ObjectNode part = file.objectNode();
      for (RecordComponent component : type.getRecordComponents()) {
        String name = component.getAccessor().getAnnotation(JsonProperty.class).value();
        if (file.has(name)) {
          part.set(name, file.remove(name));
        }
      }
      return context.readTreeAsValue(part, type);
    }
  }
}
