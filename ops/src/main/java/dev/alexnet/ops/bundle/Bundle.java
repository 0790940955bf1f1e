package dev.alexnet.ops.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.storage.Location;

/**
 * A bundle that was written.
 *
 * @param name of the directory that it unpacks
 * @param directory where its parts are
 * @param parts how many there are
 * @param unpackedBytes the bytes of all files that it unpacks
 */
public record Bundle(
    @JsonProperty("name") String name,
    @JsonProperty("directory") Location directory,
    @JsonProperty("parts") int parts,
    @JsonProperty("unpacked_bytes") long unpackedBytes) {}
