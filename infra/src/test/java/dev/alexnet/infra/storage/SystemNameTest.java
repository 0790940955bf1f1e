package dev.alexnet.infra.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".DS_Store",
        "._n01440764_1.JPEG",
        ".Trash-1000/",
        "lost+found/",
        "__MACOSX/",
        "$RECYCLE.BIN/",
        "$Recycle.Bin/",
        "System Volume Information/",
        "@eaDir/",
        "FOUND.000/",
        "Thumbs.db",
        "desktop.ini",
        "#recycle/",
        "LOST.DIR/",
        "Icon\\x0d",
        "__pycache__",
        "~snapshot/",
        "$WINDOWS.~BT/",
        "$Windows.~WS/",
        "WindowsApps/",
        "Backups.backupdb/",
        "_gsdata_/",
        "lost+found (1)/",
        "__MACOSX (12)/",
        "Picasa.ini",
        ".picasa.ini",
        "WPSettings.dat"
      })
  void isOne_namesOfSystems_areThat(String name) {
    assertThat(SystemName.isOne(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lost",
        "found",
        "n01440764/",
        "system/",
        "recycling/",
        "thumbs/",
        "1.jpg",
        "macosx",
        "cat (1)/",
        "lost+found 1/",
        "(1)/",
        "snapshot/"
      })
  void isOne_otherNames_areNot(String name) {
    assertThat(SystemName.isOne(name)).isFalse();
  }
}
