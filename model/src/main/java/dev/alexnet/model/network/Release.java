package dev.alexnet.model.network;

/** The release of ImageNet on which a training by hand was recorded. */
public enum Release {
  ILSVRC_2010,
  ILSVRC_2012
}
