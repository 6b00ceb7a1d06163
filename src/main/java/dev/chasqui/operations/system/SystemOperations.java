package dev.chasqui.operations.system;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Operation.Nothing;
import dev.chasqui.operations.Refusal;
import java.util.List;

/// What an operator asks of the gateway itself.
public final class SystemOperations {

  private final SystemFacts facts;

  public SystemOperations(SystemFacts facts) {
    this.facts = facts;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads(
                "system.get", Nothing.class, "Tells the version, the settings in force, the lag")
            .one(SystemView.class, (call, _) -> get(call)));
  }

  /// The process serves all workspaces, so that it is told to the operator's tokens alone.
  private SystemView get(Invocation call) {
    if (!call.caller().workspace().equals(WorkspaceId.DEFAULT)) {
      throw Refusal.forbidden("only a token of the workspace default may see this");
    }
    return facts.now();
  }
}
