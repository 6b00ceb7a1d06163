package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSettingsTest {

  @Test
  void aPostgresUrlIsTakenApartForJdbc() {
    PostgresUrl url =
        PostgresUrl.parse("postgresql://us%40er:p%3Aw+d@db:5433/chasqui?sslmode=require");
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db:5433/chasqui?sslmode=require");
    assertThat(url.user()).isEqualTo("us@er");
    assertThat(url.password()).isEqualTo("p:w+d");
    assertThat(PostgresUrl.parse("postgresql://db/chasqui").user()).isNull();
  }

  @Test
  void passwordsAreNeverPrinted() {
    String url = "postgresql://user:s3cret@db/chasqui";
    assertThat(new StoreSettings(url).toString()).doesNotContain("s3cret");
    assertThat(PostgresUrl.parse(url).toString()).doesNotContain("s3cret");
    String inOptions = "postgresql://db/chasqui?user=user&password=s3cret";
    assertThat(PostgresUrl.parse(inOptions).toString()).isEqualTo("jdbc:postgresql://db/chasqui");
  }

  @Test
  void otherUrlsAreRefused() {
    assertThatThrownBy(() -> new StoreSettings("mysql://db/x"))
        .isInstanceOf(SettingsException.class);
    assertThatThrownBy(() -> new StoreSettings("jdbc:postgresql://db/x"))
        .hasMessageStartingWith("store.url: leave jdbc: out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://us3r:p@ss/w0rd@host/db",
        "postgresql://us3r:p#ss@host/db",
        "postgresql://us3r:p%ss@host/db",
        "postgresql://us3r:p ss@host/db",
        "postgresql://us3r:p?ss@host/db",
        "postgresql://us3r:[pss@host/db"
      })
  void aUrlThatCannotBeReadIsNotQuoted(String url) {
    assertThatThrownBy(() -> new StoreSettings(url))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("store.url cannot be read as postgresql://user:password@host")
        .hasMessageNotContaining("us3r")
        .hasMessageNotContaining("ss@")
        .hasNoCause();
  }

  @Test
  void theEmbeddedStoreIsAFileInTheDataDirectory() {
    StoreSettings settings = StoreSettings.embedded(Path.of("data"));
    assertThat(settings.isEmbedded()).isTrue();
    assertThat(settings.file()).isEqualTo(Path.of("data", "chasqui.db"));
  }

  @Test
  void theNewestFormatIsTheNewestScript() throws IOException {
    try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration/postgresql"))) {
      assertThat(
              scripts
                  .map(p -> p.getFileName().toString().replaceAll("V([0-9]+)__.*", "$1"))
                  .mapToInt(Integer::parseInt)
                  .max())
          .hasValue(Migrations.NEWEST);
    }
  }
}
