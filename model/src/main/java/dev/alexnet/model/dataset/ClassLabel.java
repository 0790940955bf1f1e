package dev.alexnet.model.dataset;

import dev.alexnet.infra.settings.Problems;
import java.io.Serializable;

/**
 * A class of pictures.
 *
 * @param wnid its WordNet id, such as {@code n01440764}, or the folder's name in sets that have no
 *     WordNet ids
 * @param name the name that people use; not unique, so never a key
 */
public record ClassLabel(String wnid, String name) implements Serializable {
  private static final long serialVersionUID = 1L;

  public ClassLabel {
    new Problems("class " + wnid)
        .require(wnid != null && !wnid.isBlank(), "its wnid is empty")
        .require(name != null && !name.isBlank(), "its name is empty")
        .throwIfAny();
  }
}
