package dev.chasqui.sim;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything the simulated platform can say.
public final class Samples {

  private static final List<Sample> ALL =
      Stream.of(
              MessageSamples.ALL,
              StatusSamples.ALL,
              NumberFieldSamples.ALL,
              AccountFieldSamples.ALL)
          .<Sample>flatMap(List::stream)
          .toList();

  private Samples() {}

  /// Every sample, messages first.
  public static List<Sample> all() {
    return ALL;
  }

  /// The samples of that name, or of any variant below it; none if there is no such name.
  public static List<Sample> named(String name) {
    return ALL.stream()
        .filter(sample -> sample.name().equals(name) || sample.name().startsWith(name + "/"))
        .toList();
  }

  /// The sample of exactly that name.
  public static Optional<Sample> find(String name) {
    return ALL.stream().filter(sample -> sample.name().equals(name)).findFirst();
  }
}
