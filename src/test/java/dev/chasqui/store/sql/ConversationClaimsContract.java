package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.ClaimId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ConversationClaims.Conversation;
import dev.chasqui.store.Housekeeping.Retention;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class ConversationClaimsContract extends StoreContract {

  private static final ClaimId CLAIM = ClaimId.of(WORKSPACE, "1", "51900000001");
  private static final Conversation OURS = new Conversation(WORKSPACE, "1", CLAIM);

  ConversationClaimsContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void aClaimIsHeldUntilItsTimeAndOutlivesTheProcess() {
    store.claims().hold(OURS, at(60));
    reopen();
    assertThat(store.claims().heldUntil(OURS, at(0))).contains(at(60));
    assertThat(store.claims().heldUntil(OURS, at(60))).isEmpty();
  }

  @Test
  void aClaimBelongsToOneNumberOfOneWorkspace() {
    store.claims().hold(OURS, at(60));
    Conversation number = new Conversation(WORKSPACE, "2", CLAIM);
    Conversation workspace = new Conversation(new WorkspaceId("other"), "1", CLAIM);
    store.claims().release(number);
    store.claims().release(workspace);
    assertThat(store.claims().heldUntil(number, at(0))).isEmpty();
    assertThat(store.claims().heldUntil(workspace, at(0))).isEmpty();
    assertThat(store.claims().heldUntil(OURS, at(0))).contains(at(60));
  }

  @Test
  void theLaterCallStays() {
    store.claims().hold(OURS, at(60));
    store.claims().hold(OURS, at(30));
    assertThat(store.claims().heldUntil(OURS, at(0))).contains(at(30));
    store.claims().release(OURS);
    store.claims().release(OURS);
    assertThat(store.claims().heldUntil(OURS, at(0))).isEmpty();
  }

  @Test
  void housekeepingDeletesClaimsThatNobodyHolds() {
    Conversation other = new Conversation(WORKSPACE, "2", CLAIM);
    store.claims().hold(OURS, at(60));
    store.claims().hold(other, at(90));
    Instant from = Instant.EPOCH;
    Retention retention = new Retention(from, from, from, from, from, from, 10);
    store.housekeeping().step(retention, at(60));
    assertThat(store.claims().heldUntil(OURS, at(0))).isEmpty();
    assertThat(store.claims().heldUntil(other, at(0))).contains(at(90));
  }
}
