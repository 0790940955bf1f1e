package dev.alexnet.infra.batch;

/** Google Cloud Batch. */
public interface Batch {
  /** The jobs of a project in a region, until they are closed. No request is made yet. */
  BatchJobs jobs(String project, String region);
}
