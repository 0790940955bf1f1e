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
import dev.alexnet.pipelines.score.statistics.FoundWeights;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * Reads {@link Scores}, whose parts are flattened into one object. Jackson writes this with {@link
 * JsonUnwrapped}, but cannot read it into records.
 */
final class ScoresDeserializer extends StdDeserializer<Scores> {
  private static final long serialVersionUID = 1L;

  ScoresDeserializer() {
    super(Scores.class);
  }

  @Override
  public Scores deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!(context.readTree(parser) instanceof ObjectNode file)) {
      throw JsonMappingException.from(parser, "it must be an object");
    }
    try {
      Scores scores = new Reader(file, parser, context).scores();
      if (!file.isEmpty()) {
        context.handleUnknownProperty(parser, this, Scores.class, file.fieldNames().next());
      }
      return scores;
    } catch (JsonProcessingException e) {
      // The location would always be the end of the file.
      e.clearLocation();
      throw e;
    }
  }

  /** Removes the values that it reads from the object, so that only unknown ones remain. */
  private record Reader(ObjectNode file, JsonParser parser, DeserializationContext context) {
    Scores scores() throws IOException {
      int schemaVersion = value("schema_version", int.class);
      ImageCounts counts = part(ImageCounts.class);
      ErrorRates errors = part(ErrorRates.class);
      InferenceMode mode = part(InferenceMode.class);
      ScoredInputs inputs = part(ScoredInputs.class);
      FoundWeights foundWeights = value("found_weights", FoundWeights.class);
      List<Shard> predictions = list("predictions", Shard.class);
      List<Shard> probabilities =
          file.has("probabilities") ? list("probabilities", Shard.class) : List.of();
      List<String> replacedOperations = list("replaced_operations", String.class);
      List<String> warnings = list("warnings", String.class);
      try {
        return new Scores(
            schemaVersion,
            counts,
            errors,
            mode,
            inputs,
            foundWeights,
            predictions,
            probabilities,
            replacedOperations,
            warnings);
      } catch (RuntimeException e) {
        throw context.instantiationException(Scores.class, e);
      }
    }

    private <T> T value(String name, Class<T> type) throws IOException {
      JsonNode value = taken(name);
      return value.isNull() && !type.isPrimitive() ? null : context.readTreeAsValue(value, type);
    }

    private <T> List<T> list(String name, Class<T> element) throws IOException {
      JavaType type = context.getTypeFactory().constructCollectionType(List.class, element);
      JsonNode value = taken(name);
      return value.isNull() && !type.isPrimitive() ? null : context.readTreeAsValue(value, type);
    }

    private JsonNode taken(String name) throws IOException {
      if (!file.has(name)) {
        throw JsonMappingException.from(parser, "Missing creator property '" + name + "'");
      }
      return file.remove(name);
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
