package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploads in chunks. A chunk may repeat bytes that are already stored, which are ignored; nothing
 * is visible before the last one.
 */
final class ResumableUploads {
  private static final int CANCELLED = 499;
  private static final Pattern CHUNK = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
  // Stands for no header: the body is all there is.
  private static final String WHOLE = "bytes 0-" + (Long.MAX_VALUE - 1) + "/*";
  private static final Pattern NO_BYTES = Pattern.compile("bytes \\*/(\\d+|\\*)");
  // Except the last one, chunks are stored in multiples of this.
  private static final long GRAIN = 256 << 10;

  private final Buckets buckets;
  private final Supplier<Draft> drafts;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  private static final class Session {
    final ApiRequest start;
    final ObjectFields fields;
    final Draft draft;
    StoredObject object;
    boolean cancelled;

    Session(ApiRequest start, ObjectFields fields, Draft draft) {
      this.start = start;
      this.fields = fields;
      this.draft = draft;
    }
  }

  ResumableUploads(Buckets buckets, Supplier<Draft> drafts) {
    this.buckets = buckets;
    this.drafts = drafts;
  }

  Answer start(ApiRequest request) throws IOException {
    buckets.requireBucket(request.bucket());
    Preconditions.of(request);
    byte[] body = request.body().readAllBytes();
    ObjectFields fields = ObjectFields.ofQuery(request);
    if (body.length > 0) {
      fields = ObjectFields.ofJson(body).or(fields);
    }
    fields.requireName();
    String id = UUID.randomUUID().toString();
    sessions.put(id, new Session(request, fields, drafts.get()));
    String location =
        "http://%s%s?uploadType=resumable&upload_id=%s"
            .formatted(request.header("Host").orElseThrow(), request.path(), id);
    return Answer.empty(200, Map.of("Location", location, "X-GUploader-UploadID", id));
  }

  /** Bytes, the end, or the question how many are stored. */
  Answer chunk(ApiRequest request) throws IOException {
    Session session = sessionOf(request);
    synchronized (session) {
      if (session.cancelled) {
        throw new Refusal(CANCELLED, "The upload was cancelled");
      }
      if (session.object != null) {
        return finished(session);
      }
      String range = request.header("Content-Range").orElse(WHOLE);
      Matcher noBytes = NO_BYTES.matcher(range);
      Matcher chunk = CHUNK.matcher(range);
      if (noBytes.matches()) {
        return answer(request, session, noBytes.group(1));
      }
      if (!chunk.matches()) {
        throw new Refusal(400, "Invalid Content-Range: " + range);
      }
      boolean whole = request.header("Content-Range").isEmpty();
      append(request, session, chunk, whole);
      return answer(
          request, session, whole ? String.valueOf(session.draft.size()) : chunk.group(3));
    }
  }

  private static void append(ApiRequest request, Session session, Matcher chunk, boolean whole)
      throws IOException {
    long first = Long.parseLong(chunk.group(1));
    long stored = session.draft.size();
    if (first > stored) {
      throw Refusal.plain(
          503,
          ("Invalid request.  According to the Content-Range header, the upload offset is %d"
                  + " byte(s), which exceeds already uploaded size of %d byte(s).")
              .formatted(first, stored));
    }
    long end = Long.parseLong(chunk.group(2)) + 1;
    request.skip(Math.min(stored, end) - first);
    boolean last = whole || chunk.group(3).equals(String.valueOf(end));
    session.draft.append(
        request.damage().to(request.body()), (last ? end : end / GRAIN * GRAIN) - stored);
  }

  /**
   * @param total the size that the client states, or an asterisk
   */
  private Answer answer(ApiRequest request, Session session, String total) {
    long stored = session.draft.size();
    if (total.equals(String.valueOf(stored))) {
      return finish(request, session);
    }
    return Answer.empty(308, stored == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (stored - 1)));
  }

  private Answer finish(ApiRequest request, Session session) {
    ObjectFields declared = session.fields.or(ObjectFields.ofHeaders(request));
    try {
      declared.requireChecksum(session.draft);
      session.object =
          buckets.put(
              session.start.bucket(),
              session.fields.name(),
              session.draft,
              0,
              session.fields.custom(),
              Preconditions.of(session.start));
      return finished(session);
    } catch (Refusal e) {
      sessions.values().remove(session);
      session.draft.discard();
      throw e;
    }
  }

  private static Answer finished(Session session) {
    return Answer.json(FieldMask.filter(session.object.metadata(), session.start));
  }

  Answer cancel(ApiRequest request) {
    Session session = sessionOf(request);
    synchronized (session) {
      if (session.object == null && !session.cancelled) {
        session.cancelled = true;
        session.draft.discard();
      }
    }
    throw new Refusal(CANCELLED, "The upload was cancelled");
  }

  private Session sessionOf(ApiRequest request) {
    Session session = sessions.get(request.query().get("upload_id"));
    if (session == null) {
      throw new Refusal(404, "No such upload");
    }
    return session;
  }
}
