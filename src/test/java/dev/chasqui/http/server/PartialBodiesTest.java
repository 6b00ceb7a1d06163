package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.AddressBlock;
import dev.chasqui.http.server.PartialBodies.Entry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PartialBodiesTest {

  private static final int KIB = 1 << 10;

  private final AtomicLong nanos = new AtomicLong();
  private final PartialBodies bodies = new PartialBodies(1000 * KIB, 600 * KIB, nanos::get);
  private final List<String> displaced = new ArrayList<>();

  @Test
  void theBusiestAddressGivesWay() {
    grow("203.0.113.1", "first", 300);
    grow("203.0.113.1", "second", 300);
    grow("203.0.113.2", "other", 350);
    assertThat(grow("203.0.113.3", "webhook", 64)).isTrue();
    assertThat(displaced).hasSize(1).doesNotContain("other");
    assertThat(bodies.isShort()).isTrue();
  }

  @Test
  void whatStandsStillGivesWayToWhatMoves() {
    for (int i = 0; i < 31; i++) {
      grow("203.0.113." + i, "slow " + i, 32);
    }
    wait(Duration.ofSeconds(5));
    Entry webhook = open("198.51.100.1", "webhook");
    assertThat(bodies.grow(webhook, 64 * KIB)).isTrue();
    assertThat(bodies.grow(webhook, 64 * KIB)).isTrue();
    assertThat(displaced).isNotEmpty().doesNotContain("webhook");
  }

  @Test
  void aFewBytesNowAndThenAreNoProgress() {
    Entry slow = open("203.0.113.1", "slow");
    bodies.grow(slow, 500 * KIB);
    for (int i = 0; i < 5; i++) {
      wait(Duration.ofSeconds(1));
      bodies.grow(slow, 1);
    }
    grow("203.0.113.2", "quick", 450);
    assertThat(grow("203.0.113.3", "webhook", 100)).isTrue();
    assertThat(displaced).containsExactly("slow");
  }

  @Test
  void anAddressHasNoMoreThanItsShareThoughAllElseIsFree() {
    Entry first = open("203.0.113.1", "first");
    assertThat(bodies.grow(first, 400 * KIB)).isTrue();
    assertThat(grow("203.0.113.1", "second", 400)).isFalse();
    assertThat(bodies.grow(first, 100 * KIB)).isTrue();
    assertThat(displaced).isEmpty();
  }

  @Test
  void bodiesOfOneKindAreNotGivenUpForEachOther() {
    Entry first = open("203.0.113.1", "first");
    assertThat(bodies.grow(first, 500 * KIB)).isTrue();
    assertThat(grow("203.0.113.1", "second", 90)).isTrue();
    assertThat(grow("203.0.113.1", "third", 90)).isFalse();
    assertThat(bodies.grow(first, 5 * KIB)).isTrue();
    assertThat(displaced).isEmpty();
  }

  @Test
  void oneIpv6CustomerIsOneAddress() {
    assertThat(grow("2001:db8:0:7::1", "first", 400)).isTrue();
    assertThat(grow("2001:db8:0:7:ffff::9", "second", 400)).isFalse();
    assertThat(grow("2001:db8:0:8::1", "other", 400)).isTrue();
  }

  @Test
  void whatIsWholeOrDisplacedIsNotCounted() {
    Entry first = open("203.0.113.1", "first");
    bodies.grow(first, 600 * KIB);
    wait(Duration.ofSeconds(2));
    assertThat(grow("203.0.113.2", "second", 450)).isTrue();
    assertThat(displaced).containsExactly("first");
    assertThat(bodies.grow(first, 1)).isFalse();
    bodies.close(first);
    assertThat(bodies.now()).isEqualTo(450 * KIB);
    wait(Duration.ofSeconds(11));
    assertThat(bodies.isShort()).isFalse();
  }

  private boolean grow(String address, String name, int kib) {
    return bodies.grow(open(address, name), kib * KIB);
  }

  private Entry open(String address, String name) {
    InetAddress source = InetAddress.ofLiteral(address);
    Entry entry = new Entry(AddressBlock.of(source), () -> displaced.add(name));
    bodies.open(entry);
    return entry;
  }

  private void wait(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
