package dev.chasqui.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventBodyTest {

  private final EventBody body = new EventBody(Bytes.utf8("{}"));
  private final AtomicInteger readings = new AtomicInteger();

  /// What a dialect makes of the bytes.
  private record Parsed(Bytes bytes) {}

  private Parsed parse(Bytes bytes) {
    readings.incrementAndGet();
    return new Parsed(bytes);
  }

  @Test
  void deliveriesOfAnEventShareAReading() {
    Parsed first = body.read(Parsed.class, this::parse);
    Parsed second = body.read(Parsed.class, this::parse);
    assertThat(second).isSameAs(first);
    assertThat(first.bytes()).isEqualTo(body.bytes());
    assertThat(readings).hasValue(1);
  }

  @Test
  void aReadingOfAnotherTypeTakesThePlaceOfTheFirst() {
    body.read(Parsed.class, this::parse);
    assertThat(body.read(String.class, Bytes::toUtf8)).isEqualTo("{}");
    assertThat(body.read(Parsed.class, this::parse).bytes()).isEqualTo(body.bytes());
    assertThat(readings).hasValue(2);
  }
}
