package dev.alexnet.model.testing;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.DatasetStatistics;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.dataset.PictureSizes;
import dev.alexnet.model.dataset.PixelSums;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.dataset.TfRecordWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Small datasets for tests: each class has a bar at its own angle, in random colours, on noise. */
public final class DatasetFixture {
  private DatasetFixture() {}

  /**
   * Writes a dataset of two shards.
   *
   * @param size height and width of the images in pixels
   * @param images how many, the classes in turn
   */
  public static Dataset write(Path directory, String split, int size, int classes, int images) {
    return write(directory, split, RecordSchema.TFDS, size, classes, images, false);
  }

  /** The same dataset with bytes that are not a picture instead of the first image. */
  public static Dataset writeWithBrokenImage(
      Path directory, String split, int size, int classes, int images) {
    return write(directory, split, RecordSchema.TFDS, size, classes, images, true);
  }

  /** The same images, with the names of TF-Slim. */
  public static Dataset writeSlim(Path directory, String split, int size, int classes, int images) {
    return write(directory, split, RecordSchema.SLIM, size, classes, images, false);
  }

  /** The same images, as a test set whose classes were not published. */
  public static Dataset writeUnlabelled(
      Path directory, String split, int size, int classes, int images) {
    Dataset labelled = write(directory, split, size, classes, images);
    ExampleCodec codec = labelled.manifest().codec();
    return rewrite(
        labelled,
        (shard, record, number) -> {
          ImageRecord image = codec.decode(record, number);
          return codec.encode(
              new ImageRecord(image.image(), ImageRecord.NO_LABEL, image.fileName(), ""));
        });
  }

  /**
   * A picture of a dataset.
   *
   * @param label −1 if it has none
   * @param angle of its bar, in radians
   */
  public record Named(String name, int label, double angle) {}

  /**
   * Writes a dataset of other classes.
   *
   * @param images makes a record from the picture with the given index, from 0
   */
  public static Dataset write(
      Path directory, String split, int size, List<ClassLabel> classes, List<Named> images) {
    return write(directory, split, RecordSchema.TFDS, size, classes, images, false);
  }

  /** A dataset whose shards have no records. */
  public static Dataset writeEmpty(Path directory, String split, int size, int classes) {
    return rewrite(write(directory, split, size, classes, 2), (shard, record, number) -> null);
  }

  /** Replaces the images of the first shard's first records. */
  public static Dataset rewriteFirstShard(Dataset dataset, List<byte[]> records) {
    return rewrite(
        dataset,
        (shard, record, number) ->
            shard == 0 && number < records.size() ? records.get(number) : record);
  }

  private interface Change {
    /** Null removes the record. */
    byte[] of(int shard, byte[] record, int number);
  }

  private static Dataset rewrite(Dataset dataset, Change change) {
    ObjectStore store = ObjectStores.standard();
    DatasetManifest manifest = dataset.manifest();
    List<Shard> shards = new ArrayList<>();
    try {
      for (int shard = 0; shard < manifest.shards().size(); shard++) {
        Location file = dataset.shardLocation(manifest.shards().get(shard));
        List<byte[]> records = new ArrayList<>();
        try (TfRecordReader reader = dataset.read(manifest.shards().get(shard))) {
          int number = 0;
          for (byte[] record = reader.next(); record != null; record = reader.next()) {
            byte[] changed = change.of(shard, record, number++);
            if (changed != null) {
              records.add(changed);
            }
          }
        }
        try (var pending = store.create(file)) {
          TfRecordWriter writer = new TfRecordWriter(pending.stream());
          for (byte[] record : records) {
            writer.write(record);
          }
          pending.commit();
          shards.add(writer.shard(manifest.shards().get(shard).name()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DatasetManifest changed =
        new DatasetManifest(
            manifest.schemaVersion(),
            manifest.split(),
            shards.stream().mapToLong(Shard::records).sum(),
            manifest.rejected(),
            manifest.imageSize(),
            manifest.meanImageSize(),
            manifest.recordSchema(),
            manifest.labelOrder(),
            manifest.labelBase(),
            manifest.classes(),
            shards,
            new TreeMap<>(manifest.files()),
            manifest.operations(),
            manifest.settings(),
            manifest.source());
    store.write(dataset.location().resolve(Dataset.MANIFEST), Json.document(changed));
    return Dataset.open(store, dataset.location());
  }

  private static Dataset write(
      Path directory,
      String split,
      RecordSchema schema,
      int size,
      int classes,
      int images,
      boolean broken) {
    List<ClassLabel> labels = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      labels.add(new ClassLabel(wnid(label), "bar " + label));
    }
    List<Named> named = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      int label = i / 2 % classes;
      named.add(new Named(split + i + ".JPEG", label, Math.PI * label / classes));
    }
    return write(directory, split, schema, size, labels, named, broken);
  }

  private static Dataset write(
      Path directory,
      String split,
      RecordSchema schema,
      int size,
      List<ClassLabel> labels,
      List<Named> images,
      boolean broken) {
    ObjectStore store = ObjectStores.standard();
    Location location = Location.of(directory);
    ExampleCodec codec = new ExampleCodec(schema, new Labels(labels), size);
    PixelSums sums = new PixelSums(size);
    Random random = new Random(split.hashCode());
    List<Shard> shards = new ArrayList<>();
    try {
      for (int shard = 0; shard < 2; shard++) {
        String name = Shard.name(split, shard, 2);
        try (var pending = store.create(location.resolve(name))) {
          TfRecordWriter writer = new TfRecordWriter(pending.stream());
          for (int i = shard; i < images.size(); i += 2) {
            int label = images.get(i).label();
            byte[] jpeg = picture(random, size, images.get(i).angle());
            sums.add(pixels(jpeg, size));
            byte[] stored = broken && i == 0 ? new byte[] {1, 2, 3} : jpeg;
            String wnid = label < 0 ? "" : labels.get(label).wnid();
            writer.write(codec.encode(new ImageRecord(stored, label, images.get(i).name(), wnid)));
          }
          pending.commit();
          shards.add(writer.shard(name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DatasetManifest manifest =
        new DatasetManifest(
            DatasetManifest.SCHEMA_VERSION,
            split,
            images.size(),
            0,
            size,
            size,
            schema,
            LabelOrder.WNID.title(),
            schema.labelBase(),
            labels,
            shards,
            Collections.emptySortedMap(),
            List.of(),
            Map.of(),
            "bars");
    TreeMap<String, Long> imagesOfClass = new TreeMap<>();
    for (Named image : images) {
      if (image.label() >= 0) {
        imagesOfClass.merge(labels.get(image.label()).wnid(), 1L, Long::sum);
      }
    }
    PictureSizes.Range side = new PictureSizes.Range(size, size, size);
    DatasetStatistics statistics =
        DatasetStatistics.of(
            sums.colourStatistics(), imagesOfClass, new PictureSizes(side, side, side));
    Dataset.commit(store, location, manifest, sums.meanImage(), statistics, List.of());
    return Dataset.open(store, location);
  }

  private static String wnid(int label) {
    return String.format("n%08d", label);
  }

  private static byte[] picture(Random random, int size, double angle) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size * size; i++) {
      image.setRGB(i % size, i / size, 0x404040 + random.nextInt(0x40) * 0x010101);
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(
        new Color(128 + random.nextInt(128), 128 + random.nextInt(128), 128 + random.nextInt(128)));
    graphics.translate(size / 2.0, size / 2.0);
    graphics.rotate(angle);
    graphics.fillRect(-size / 2, -size / 10, size, size / 5);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }

  private static byte[] pixels(byte[] jpeg, int size) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    byte[] pixels = new byte[size * size * 3];
    for (int i = 0; i < size * size; i++) {
      int rgb = image.getRGB(i % size, i / size);
      pixels[3 * i] = (byte) (rgb >> 16);
      pixels[3 * i + 1] = (byte) (rgb >> 8);
      pixels[3 * i + 2] = (byte) rgb;
    }
    return pixels;
  }
}
