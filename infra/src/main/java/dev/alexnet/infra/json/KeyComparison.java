package dev.alexnet.infra.json;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the keys of JSON with the components of records, as Jackson would read them. */
final class KeyComparison {
  private final ObjectMapper mapper;
  private final List<String> missing = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  KeyComparison(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  KeyDifferences differences() {
    return new KeyDifferences(List.copyOf(missing), List.copyOf(unknown));
  }

  void compare(JsonNode json, JavaType type, String path) {
    if (json.isArray() && (type.isCollectionLikeType() || type.isArrayType())) {
      for (int i = 0; i < json.size(); i++) {
        compare(json.get(i), type.getContentType(), path + "[" + i + "]");
      }
    } else if (json.isObject() && type.isMapLikeType()) {
      json.fields()
          .forEachRemaining(
              entry -> compare(entry.getValue(), type.getContentType(), below(path, entry)));
    } else if (json.isObject() && isRecord(type)) {
      compareRecord(json, type, path);
    }
  }

  private void compareRecord(JsonNode json, JavaType type, String path) {
    Map<String, BeanPropertyDefinition> components = components(type);
    components.forEach(
        (name, component) -> {
          if (!json.has(name) && !isOptional(component)) {
            missing.add(below(path, name));
          }
        });
    json.fields()
        .forEachRemaining(
            entry -> {
              BeanPropertyDefinition component = components.get(entry.getKey());
              if (component == null) {
                unknown.add(below(path, entry));
              } else {
                compare(entry.getValue(), component.getPrimaryType(), below(path, entry));
              }
            });
  }

  /** What reads itself in its own way has keys that are not known here. */
  private static boolean isRecord(JavaType type) {
    return type.isTypeOrSubTypeOf(Record.class)
        && !type.getRawClass().isAnnotationPresent(JsonDeserialize.class);
  }

  private Map<String, BeanPropertyDefinition> components(JavaType type) {
    Map<String, BeanPropertyDefinition> components = new LinkedHashMap<>();
    for (BeanPropertyDefinition property :
        mapper.getDeserializationConfig().introspect(type).findProperties()) {
      if (property.hasConstructorParameter()) {
        components.put(property.getName(), property);
      }
    }
    return components;
  }

  private boolean isOptional(BeanPropertyDefinition component) {
    return mapper
            .getDeserializationConfig()
            .getAnnotationIntrospector()
            .findInjectableValue(component.getConstructorParameter())
        != null;
  }

  private static String below(String path, Map.Entry<String, JsonNode> entry) {
    return below(path, entry.getKey());
  }

  /** The path of a key in the object at a path. */
  static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
