package dev.alexnet.infra.testing.gcs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists objects, a page at a time. */
final class Listing {
  private static final Set<String> KNOWN =
      Set.of(
          "prefix",
          "delimiter",
          "maxResults",
          "pageToken",
          "fields",
          "projection",
          "prettyPrint",
          "alt",
          "userProject");

  private final Buckets buckets;
  private final int page;

  /**
   * @param page how many entries a page has at most, even if the client asks for more
   */
  Listing(Buckets buckets, int page) {
    this.buckets = buckets;
    this.page = page;
  }

  Answer list(ApiRequest request) {
    for (String parameter : request.query().keySet()) {
      if (!KNOWN.contains(parameter)) {
        throw new Refusal(501, "The fake does not know " + parameter + " of a listing");
      }
    }
    String prefix = request.name();
    String delimiter = request.query().getOrDefault("delimiter", "");
    String last = lastOf(request.query().get("pageToken"));
    long most = Math.min(page, request.number("maxResults").orElse((long) page));
    List<Map<String, Object>> items = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "storage#objects");
    for (StoredObject object : buckets.startingWith(request.bucket(), prefix)) {
      String entry = entryOf(object.name(), prefix, delimiter);
      if (last != null && Buckets.ORDER.compare(entry, last) <= 0) {
        continue;
      }
      if (items.size() + prefixes.size() == most) {
        json.put("nextPageToken", tokenOf(last));
        break;
      }
      if (entry.equals(object.name()) && (delimiter.isEmpty() || !entry.endsWith(delimiter))) {
        items.add(object.metadata());
      } else if (entry.equals(prefix)) {
        items.add(object.metadata());
      } else {
        prefixes.add(entry);
      }
      last = entry;
    }
    // As in the service, an empty list is left out.
    if (!items.isEmpty()) {
      json.put("items", items);
    }
    if (!prefixes.isEmpty()) {
      json.put("prefixes", prefixes);
    }
    return Answer.json(FieldMask.filter(json, request));
  }

  /** The object's name, or the common prefix that stands for it. */
  private static String entryOf(String name, String prefix, String delimiter) {
    int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
    return end < 0 ? name : name.substring(0, end + delimiter.length());
  }

  private static String tokenOf(String last) {
    return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  private static String lastOf(String token) {
    try {
      return token == null
          ? null
          : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "Invalid pageToken");
    }
  }
}
