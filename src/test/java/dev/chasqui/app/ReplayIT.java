package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Replays that are asked for at once. What has begun is written late here, so that whoever is
/// quick meets a delivery without a row.
class ReplayIT {

  private static final Map<String, String> SLOW_TO_WRITE =
      Map.of("projection.writeMaxDelay", "700ms");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void anEventIsReplayedAsSoonAsItsReceiverHasIt(StoreKind kind) throws Exception {
    isReplayed(kind, "{\"eventIds\":[\"%s\"]}", Town.Got::eventId);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void aDeliveryIsReplayedAsSoonAsItsReceiverHasIt(StoreKind kind) throws Exception {
    isReplayed(kind, "{\"deliveryIds\":[\"%s\"]}", Town.Got::deliveryId);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whatMatchesIsReplayedAsSoonAsItsReceiverHasIt(StoreKind kind) throws Exception {
    isReplayed(kind, "{\"filter\":{\"eventId\":\"%s\"}}", Town.Got::eventId);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void anEventIsReplayedAsSoonAsItIsAcknowledged(StoreKind kind) throws Exception {
    try (StoreKind.Place store = kind.open(folder);
        Town town = new Town();
        Gateway gateway = LocalGateway.start(folder, slowToWrite(store));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.callback(town.url());
      String id = Caller.eventId(caller.webhook(Caller.message("wamid.1", 5)).body());
      begin(caller, "{\"eventIds\":[\"%s\"]}".formatted(id));
      town.await("it comes and comes again", got -> got.size() == 2);
      assertThat(town.got()).extracting(Town.Got::isReplay).containsExactly(false, true);
    }
  }

  private void isReplayed(StoreKind kind, String order, Id id) throws Exception {
    try (StoreKind.Place store = kind.open(folder);
        Town town = new Town();
        Gateway gateway = LocalGateway.start(folder, slowToWrite(store));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.callback(town.url());
      caller.webhook(Caller.message("wamid.1", 5));
      town.await("it comes", got -> got.size() == 1);
      begin(caller, order.formatted(id.of(town.got().getFirst())));
      town.await("it comes again", got -> got.size() == 2);
      List<Town.Got> got = town.got();
      assertThat(got.getLast().isReplay()).isTrue();
      assertThat(got.getLast().deliveryId()).isEqualTo(got.getFirst().deliveryId());
    }
  }

  private static Map<String, String> slowToWrite(StoreKind.Place store) {
    Map<String, String> settings = new HashMap<>(SLOW_TO_WRITE);
    settings.putAll(store.settings());
    return settings;
  }

  private static void begin(Caller caller, String order) throws IOException, InterruptedException {
    assertThat(caller.admin("POST", "/api/v1/replays", order).body()).endsWith("\"count\":1}");
  }

  /// Which id of what came in a replay names.
  @FunctionalInterface
  private interface Id {
    String of(Town.Got got);
  }
}
