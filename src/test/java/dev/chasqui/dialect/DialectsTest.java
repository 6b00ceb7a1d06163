package dev.chasqui.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.chasqui.dialect.meta.MetaDialect;
import dev.chasqui.dialect.standard.StandardDialect;
import dev.chasqui.model.DialectName;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialectsTest {

  private final Dialects dialects = new Dialects(List.of(new MetaDialect(), new StandardDialect()));

  @Test
  void findsADialectByItsName() {
    assertThat(dialects.get(DialectName.META)).isInstanceOf(MetaDialect.class);
    assertThat(dialects.find(DialectName.STANDARD)).containsInstanceOf(StandardDialect.class);
    assertThat(dialects.names()).containsExactlyInAnyOrder(DialectName.META, DialectName.STANDARD);
  }

  @Test
  void saysWhichDialectIsNotSpoken() {
    assertThat(dialects.find(DialectName.TURN)).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> dialects.get(DialectName.TURN))
        .withMessageContaining("turn");
  }

  @Test
  void aNameIsGivenOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dialects(List.of(new MetaDialect(), new MetaDialect())));
  }
}
