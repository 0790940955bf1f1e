package dev.alexnet.infra.testing.gcs;

/** What a request asks of the service. */
public enum RequestKind {
  /** The metadata of a bucket. */
  BUCKET,
  /** The metadata of an object. */
  METADATA,
  /** The content of an object, or a range of it. */
  MEDIA,
  /** One page of a listing. */
  LIST,
  /** An upload in one request: multipart, or media only. */
  UPLOAD,
  /** The start of a resumable upload. */
  UPLOAD_START,
  /** Bytes of a resumable upload, or its end. */
  UPLOAD_CHUNK,
  /** The question how much of a resumable upload was stored. */
  UPLOAD_QUERY,
  /** The end of a resumable upload without an object. */
  UPLOAD_CANCEL,
  /** The concatenation of objects. */
  COMPOSE,
  /** A copy of an object, made by the service; {@code rewriteTo} in the API. */
  COPY,
  DELETE,
  /** Anything else: the fake responds with 501. */
  OTHER
}
