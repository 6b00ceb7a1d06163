package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A gateway whose endpoint wants order by contact, killed under load.
class OrderCrashIT {

  private static final int CONTACTS = 6;
  private static final int ACKNOWLEDGED_PER_LIFE = 120;

  @TempDir private Path folder;

  private final AtomicIntegerArray next = new AtomicIntegerArray(CONTACTS);
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @CsvSource({"SQLITE, 3", "POSTGRESQL, 2"})
  void eachContactGetsItsMessagesInOrderAlthoughTheGatewayIsKilled(StoreKind kind, int lives)
      throws Exception {
    try (StoreKind.Place store = kind.open(folder.resolve("data"));
        Town town = new Town()) {
      for (int life = 0; life < lives; life++) {
        ChildProcess gateway = ServedGateway.start(folder, store.environment());
        if (life == 0) {
          order(gateway, town);
        }
        loadUntilKilled(gateway);
      }
      try (ChildProcess _ = ServedGateway.start(folder, store.environment())) {
        town.await(
            "every acknowledged message is delivered",
            got -> got.stream().map(OrderCrashIT::wamid).toList().containsAll(acknowledged));
      }
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(lives * ACKNOWLEDGED_PER_LIFE);
      for (int contact = 0; contact < CONTACTS; contact++) {
        assertThat(firstSeen(town.got(), contact)).isNotEmpty().isSorted();
      }
    }
  }

  private static void order(ChildProcess gateway, Town town)
      throws IOException, InterruptedException {
    try (Caller caller = ServedGateway.caller(gateway)) {
      String endpoint =
          """
          {"name":"ordered","dialect":"meta","url":"%s","secret":"0123456789abcdef0123456789",
           "policy":{"ordering":"contact","schedule":["PT1S","PT1S","PT1S"]}}\
          """
              .formatted(town.url());
      assertThat(caller.admin("POST", "/api/v1/endpoints", endpoint).statusCode()).isEqualTo(201);
    }
  }

  private void loadUntilKilled(ChildProcess gateway) throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_PER_LIFE);
    List<Thread> posting = new ArrayList<>();
    try (Caller caller = ServedGateway.caller(gateway)) {
      for (int i = 0; i < CONTACTS; i++) {
        int contact = i;
        posting.add(Thread.ofVirtual().start(() -> post(caller, contact, enough)));
      }
      enough.await();
      gateway.kill();
      for (Thread thread : posting) {
        thread.join();
      }
    }
  }

  /// Posts one after another until the gateway is gone; what has no answer may have arrived or not.
  private void post(Caller caller, int contact, CountDownLatch enough) {
    try {
      while (true) {
        String wamid = "wamid." + contact + "." + next.getAndIncrement(contact);
        Bytes body =
            Bytes.utf8(
                Caller.message(wamid, 200).toUtf8().replace("15550002222", "1555000300" + contact));
        if (caller.webhook(body).statusCode() == 200) {
          acknowledged.add(wamid);
          enough.countDown();
        }
      }
    } catch (IOException e) {
      // The gateway was killed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Integer> firstSeen(List<Town.Got> got, int contact) {
    Set<Integer> numbers = new LinkedHashSet<>();
    String prefix = "wamid." + contact + ".";
    for (Town.Got one : got) {
      String wamid = wamid(one);
      if (wamid.startsWith(prefix)) {
        numbers.add(Integer.valueOf(wamid.substring(prefix.length())));
      }
    }
    return List.copyOf(numbers);
  }

  private static String wamid(Town.Got got) {
    String body = got.body().toUtf8();
    int from = body.indexOf("wamid.");
    return body.substring(from, body.indexOf('"', from));
  }
}
