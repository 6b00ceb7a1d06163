package dev.chasqui.api.turn;

import dev.chasqui.messaging.SendAnswer;
import java.util.Map;

/// WhatsApp's on-premises codes for refusals that older clients of Turn branch on, in place of the
/// platform's own: a service that hears 1013 switches the contact to its fallback channel.
public enum OnPremisesCodes {
  /// The platform's codes pass on as they are.
  OFF,
  /// 131026 is told as 1013, and a template that does not exist (132001) as 404 with -1.
  ON;

  private static final Map<Long, Told> CODES =
      Map.of(
          131_026L, new Told(1013, "User is not valid", 400),
          132_001L, new Told(-1, "Template does not exist", 404));

  private record Told(long code, String title, int status) {}

  /// The answer to a client: the same, or with the code, title and status of the on-premises API.
  SendAnswer told(SendAnswer answer) {
    boolean isChanged =
        this == ON
            && answer instanceof SendAnswer.Refused refused
            && CODES.containsKey(refused.fault().code());
    return isChanged ? told((SendAnswer.Refused) answer) : answer;
  }

  private static SendAnswer told(SendAnswer.Refused refused) {
    SendAnswer.Fault fault = refused.fault();
    Told told = CODES.getOrDefault(fault.code(), new Told(fault.code(), "", refused.status()));
    String details = fault.details() == null ? fault.title() : fault.details();
    return new SendAnswer.Refused(
        refused.submission(),
        told.status(),
        new SendAnswer.Fault(told.code(), told.title(), fault.type(), details, fault.trace()),
        refused.retryAfter(),
        refused.answer(),
        refused.repeated());
  }
}
