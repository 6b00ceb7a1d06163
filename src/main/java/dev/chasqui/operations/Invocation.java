package dev.chasqui.operations;

import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call of an operation: who makes it, in which workspace, and what the answer has to say about
/// itself. One thread uses it.
public final class Invocation {

  private final Caller caller;
  private final WorkspaceId workspace;
  private @Nullable Duration behind;
  private boolean isDeprecated;
  private boolean isRepeated;
  private final List<Runnable> atEnd = new ArrayList<>();

  public Invocation(Caller caller, WorkspaceId workspace) {
    this.caller = caller;
    this.workspace = workspace;
  }

  public Caller caller() {
    return caller;
  }

  /// What the call is about; the caller reaches it.
  public WorkspaceId workspace() {
    return workspace;
  }

  /// Whether the caller may read what people wrote and what receivers answered.
  public boolean mayReadContent() {
    return caller.kind() == Caller.Kind.ADMIN;
  }

  /// Says that the answer may lack what was accepted within this time.
  public void noteBehind(@Nullable Duration time) {
    behind = time;
  }

  /// How much the answer may lack, null if nothing.
  public @Nullable Duration behind() {
    return behind;
  }

  /// Says that the call used a word that is on its way out.
  public void noteDeprecated() {
    isDeprecated = true;
  }

  public boolean isDeprecated() {
    return isDeprecated;
  }

  /// Says that the call was answered before, and that this is the answer of then.
  public void noteRepeated() {
    isRepeated = true;
  }

  public boolean isRepeated() {
    return isRepeated;
  }

  /// Has something done once the answer is written, or cannot be.
  public void atEnd(Runnable step) {
    atEnd.add(step);
  }

  /// To be called when the answer is written, or cannot be.
  public void end() {
    atEnd.forEach(Runnable::run);
    atEnd.clear();
  }
}
