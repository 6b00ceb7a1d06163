package dev.chasqui.api.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.AnswerTimes;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.SeriesStore;
import dev.chasqui.store.SeriesStore.Counted;
import dev.chasqui.store.SeriesStore.Name;
import dev.chasqui.store.SeriesStore.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers over time, as charts ask for them.
class SeriesIT {

  private static final String ENDPOINT = "ep_01kjmdeb80000g000000000001";

  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  @Test
  void eventsAreToldByEachLabelThatIsAskedFor() {
    add(Name.EVENTS, "whatsapp", "messages", 10, 3);
    add(Name.EVENTS, "whatsapp", "message_status", 10, 5);
    add(Name.EVENTS, "turn", "messages", 5, 7);
    add(Name.NUMBERS, "106540352242922", "messages", 10, 2);
    String ten = point(10, "3");
    assertThat(series("name=events&by=source,topic"))
        .isEqualTo(
            "[{\"labels\":{\"source\":\"turn\",\"topic\":\"messages\"},\"points\":["
                + point(5, "7")
                + "]},{\"labels\":{\"source\":\"whatsapp\",\"topic\":\"message_status\"},\"points\":["
                + point(10, "5")
                + "]},{\"labels\":{\"source\":\"whatsapp\",\"topic\":\"messages\"},\"points\":["
                + ten
                + "]}]");
    assertThat(series("name=events"))
        .isEqualTo("[{\"labels\":{},\"points\":[" + point(10, "8") + "," + point(5, "7") + "]}]");
    String number = "{\"labels\":{\"phoneNumberId\":\"106540352242922\"},\"points\":[";
    assertThat(series("name=events&by=phoneNumberId"))
        .isEqualTo("[" + number + point(10, "2") + "]}]");
    assertThat(series("name=events&phoneNumberId=106540352242922"))
        .isEqualTo("[{\"labels\":{},\"points\":[" + point(10, "2") + "]}]");
  }

  @Test
  void theTimeIsAsAskedForAndTheStepToo() {
    add(Name.REJECTS, "whatsapp", "invalid_signature", 90, 1);
    add(Name.REJECTS, "whatsapp", "invalid_signature", 30, 2);
    assertThat(series("name=rejects"))
        .isEqualTo("[{\"labels\":{},\"points\":[" + point(30, "2") + "]}]");
    Instant since = ago(90);
    assertThat(series("name=rejects&by=reason&since=" + since + "&until=" + ago(30)))
        .isEqualTo(
            "[{\"labels\":{\"reason\":\"invalid_signature\"},\"points\":["
                + point(90, "1")
                + "]}]");
    Answered hours = operator.admin.get("/api/v1/series?name=rejects&step=PT1H");
    assertThat(hours.text())
        .startsWith("{\"step\":\"PT1H\",")
        .contains("[" + Step.HOUR.floor(ago(90)).getEpochSecond() + ",1]");
  }

  @Test
  void deliveriesAndTimesAreToldByEndpointAndForOneAlone() {
    add(Name.DELIVERIES, ENDPOINT, "delivered", 10, 3);
    add(Name.DELIVERIES, ENDPOINT, "retrying", 10, 1);
    add(Name.DELIVERIES, "other", "delivered", 10, 9);
    bucket(8, 90);
    bucket(500, 10);
    String own = "{\"endpointId\":\"" + ENDPOINT + "\"";
    assertThat(series("name=deliveries&by=endpointId,result&endpointId=" + ENDPOINT))
        .isEqualTo(
            ("[{\"labels\":%s,\"result\":\"delivered\"},\"points\":[%s]},"
                    + "{\"labels\":%s,\"result\":\"retrying\"},\"points\":[%s]}]")
                .formatted(own, point(10, "3"), own, point(10, "1")));
    String times = series("name=latency&by=endpointId");
    assertThat(times).startsWith("[{\"labels\":" + own + "},\"points\":[[").endsWith(",100]]}]");
    String[] parts = times.substring(times.indexOf("[[") + 2, times.indexOf("]]")).split(",", -1);
    assertThat(Long.parseLong(parts[1])).isBetween(6L, 8L);
    assertThat(Long.parseLong(parts[2])).isBetween(362L, 512L);
    assertThat(Long.parseLong(parts[3])).isBetween(450L, 512L);
  }

  @Test
  void aViewerReadsThemAndOnlyThoseOfTheWorkspace() {
    add(Name.EVENTS, "whatsapp", "messages", 10, 3);
    Exchange viewer = operator.nobody.as(operator.token("viewer", Operator.DEFAULT));
    assertThat(viewer.get("/api/v1/series?name=events").text()).contains(point(10, "3"));
    Exchange other = operator.nobody.as(operator.token("viewer", Operator.OTHER));
    assertThat(other.get("/api/v1/series?name=events").text())
        .isEqualTo("{\"step\":\"PT1M\",\"series\":[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "'',name,is required",
    "'name=money',name,must be",
    "'name=events&by=endpointId',by,'events can be told by source, topic, phoneNumberId'",
    "'name=events&by=source,phoneNumberId',by,counted apart",
    "'name=rejects&endpointId=ep_01kjmdeb80000g000000000001',endpointId,only for deliveries",
    "'name=latency&phoneNumberId=1',phoneNumberId,only for events",
    "'name=events&step=PT5M',step,must be",
    "'name=events&since=2026-05-04T10:00:00Z&until=2026-05-04T10:00:00Z',since,before until",
    "'name=events&since=2026-01-01T00:00:00Z',since,take at most 3000",
    "'name=events&since=0000-01-01T00:00:00Z',since,take at most 3000",
    "'name=events&since=9999-12-31T23:59:59Z',since,before until",
    "'name=events&until=-0001-01-01T00:00:00Z',until,must be a time"
  })
  void whatCannotBeToldIsRefusedWithTheReason(String query, String path, String reason) {
    Answered refused = operator.admin.get("/api/v1/series?" + query);
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(Operator.paths(refused)).containsExactly(path);
    assertThat(refused.text()).contains(reason);
  }

  @Test
  void moreSeriesThanAChartHasAreRefused() {
    List<Counted> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      many.add(counted(Name.NUMBERS, Integer.toString(i), "messages", 10, 1));
    }
    operator.store.series().add(many);
    Answered refused = operator.admin.get("/api/v1/series?name=events&by=phoneNumberId");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("more than 500 series", "ask for fewer labels");
    many.clear();
    for (int i = 0; i < 20_001; i++) {
      many.add(counted(Name.NUMBERS, Integer.toString(i % 400), "messages", 1 + i / 400, 1));
    }
    operator.store.series().add(many);
    refused = operator.admin.get("/api/v1/series?name=events&by=phoneNumberId");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("more than 20000 counts");
  }

  private String series(String query) {
    Answered answered = operator.admin.get("/api/v1/series?" + query);
    assertThat(answered.status()).as(answered.text()).isEqualTo(200);
    return answered.json().path("series").toString();
  }

  private void bucket(int millis, int amount) {
    int bucket = AnswerTimes.bucket(Duration.ofMillis(millis));
    add(Name.LATENCY, ENDPOINT, Integer.toString(bucket), 10, amount);
  }

  private void add(Name name, String label, String detail, int minutesAgo, int amount) {
    operator.store.series().add(List.of(counted(name, label, detail, minutesAgo, amount)));
  }

  private Counted counted(Name name, String label, String detail, int minutesAgo, int amount) {
    WorkspaceId workspace = Operator.DEFAULT;
    return new Counted(
        new SeriesStore.Key(name, workspace, label, detail), ago(minutesAgo), amount);
  }

  private Instant ago(int minutes) {
    return Step.MINUTE.floor(operator.clock.instant()).minus(Duration.ofMinutes(minutes));
  }

  private String point(int minutesAgo, String values) {
    return "[" + ago(minutesAgo).getEpochSecond() + "," + values + "]";
  }
}
