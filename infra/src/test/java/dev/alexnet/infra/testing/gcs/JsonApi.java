package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.util.function.Supplier;

/** Responds to requests as the service does when nothing goes wrong. */
final class JsonApi {
  private final Reads reads;
  private final Listing listing;
  private final Changes changes;
  private final ResumableUploads uploads;

  JsonApi(Buckets buckets, Supplier<Draft> drafts, int page) {
    this.reads = new Reads(buckets);
    this.listing = new Listing(buckets, page);
    this.changes = new Changes(buckets, drafts);
    this.uploads = new ResumableUploads(buckets, drafts);
  }

  /**
   * @throws Refusal with 501 if the fake does not know the request
   */
  Answer answer(ApiRequest request) throws IOException {
    return switch (request.kind()) {
      case BUCKET -> reads.bucket(request);
      case METADATA -> reads.metadata(request);
      case MEDIA -> reads.media(request);
      case LIST -> listing.list(request);
      case UPLOAD -> changes.upload(request);
      case UPLOAD_START -> uploads.start(request);
      case UPLOAD_CHUNK, UPLOAD_QUERY -> uploads.chunk(request);
      case UPLOAD_CANCEL -> uploads.cancel(request);
      case COMPOSE -> changes.compose(request);
      case COPY -> changes.copy(request);
      case DELETE -> changes.delete(request);
      case OTHER -> throw new Refusal(501, "The fake does not know " + request.summary());
    };
  }
}
