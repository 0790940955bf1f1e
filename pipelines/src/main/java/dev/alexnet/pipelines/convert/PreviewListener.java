package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.image.PictureHeader;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Counts what the parts of a source hold, and keeps the first of everything. */
final class PreviewListener implements SourcePart.Listener {
  private static final int KEPT = 5;
  private static final int REPORTED_EACH = 1000;

  private final Labels labels;
  private final Progress progress;
  private final long[] ofLabel;
  private final List<ConvertPreview.PreviewPicture> first = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private long pictures;
  private final Set<String> ids = new HashSet<>();
  private long unknown;
  private long unreadable;
  private long rejectedNames;
  private long ignoredNames;

  PreviewListener(Labels labels, Progress progress) {
    this.labels = labels;
    this.progress = progress;
    this.ofLabel = new long[labels.size()];
  }

  @Override
  public void picture(PictureReference reference) {
    OptionalInt label = labels.labelOf(reference.wnid());
    if (label.isPresent()) {
      ofLabel[label.getAsInt()]++;
    } else if (!reference.wnid().isEmpty()) {
      unknown++;
    }
    boolean isOfKnownClass = label.isPresent() || reference.wnid().isEmpty();
    if (isOfKnownClass
        && (!ids.add(reference.id())
            || reference.length() == 0
            || reference.length() > PictureHeader.LARGEST_FILE)) {
      unreadable++;
    }
    if (first.size() < KEPT) {
      first.add(
          new ConvertPreview.PreviewPicture(
              reference.id(), reference.archive().value(), label.orElse(-1), reference.wnid()));
    }
    pictures++;
    if (pictures % REPORTED_EACH == 0) {
      progress.report(pictures, 0, "images", "");
    }
  }

  @Override
  public void read(CheckedRange range) {
    // Archives are compared with their checksums when they are converted.
  }

  @Override
  public void rejected(Rejection rejection) {
    rejectedNames++;
    if (rejections.size() < KEPT) {
      rejections.add(rejection);
    }
  }

  @Override
  public void ignored(String name) {
    ignoredNames++;
    if (ignored.size() < KEPT) {
      ignored.add(name);
    }
  }

  ConvertPreview preview(String layout, PictureSource source, ConvertSettings settings) {
    return new ConvertPreview(
        layout,
        source.description(),
        settings.split().title(),
        source.labelled(),
        pictures,
        unknown,
        unreadable,
        settings.maxRejected(),
        settings.limit() > 0 || settings.perClass() > 0,
        rejectedNames,
        ignoredNames,
        IntStream.range(0, ofLabel.length)
            .mapToObj(
                label ->
                    new ConvertPreview.PreviewClass(
                        label,
                        labels.classOf(label).wnid(),
                        labels.classOf(label).name(),
                        ofLabel[label]))
            .toList(),
        first,
        rejections,
        ignored,
        notices(source));
  }

  private List<String> notices(PictureSource source) {
    List<String> notices = new ArrayList<>(source.notices());
    long present = Arrays.stream(ofLabel).filter(count -> count > 0).count();
    if (source.labelled() && present == 1) {
      notices.add(
          "Warning: all pictures are of one class, from which a network learns nothing. If there should be more classes, check the input");
    }
    return notices;
  }
}
