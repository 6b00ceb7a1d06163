package dev.chasqui.http.server;

import dev.chasqui.http.LoginGuard;
import dev.chasqui.model.Bytes;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Stands in front of routes that ask for a credential: an address that guesses is answered 429
/// before its credential is looked at, or it would learn which guess was right. What is wrong is
/// told by the answer, so no handler can forget to.
///
/// @param isWrong whether an answer says that the credential is wrong
public record LoginCheck(LoginGuard guard, Predicate<Response> isWrong) {

  /// Where callers put tokens in a query.
  private static final List<String> IN_QUERY =
      List.of("access_token", "client_secret", "hub.verify_token");

  /// An answer with `WWW-Authenticate` says that the credential is wrong.
  public static LoginCheck challenging(LoginGuard guard) {
    return new LoginCheck(guard, LoginCheck::isChallenge);
  }

  /// True if the answer has `WWW-Authenticate`, which says that the credential is wrong.
  public static boolean isChallenge(Response answer) {
    for (Header header : answer.headers()) {
      if (header.name().equalsIgnoreCase("WWW-Authenticate")) {
        return true;
      }
    }
    return false;
  }

  BlockingHandler before(BlockingHandler handler) {
    return request -> {
      String credential = credential(request);
      refuseGuesser(request.source(), credential);
      Response answer = handler.handle(request);
      note(request.source(), credential, answer);
      return answer;
    };
  }

  /// Stands in front of a handler on the event loop.
  public LoopHandler before(LoopHandler handler) {
    return new LoopHandler() {
      @Override
      public void handle(Request request, Reply reply) {
        String credential = credential(request);
        refuseGuesser(request.source(), credential);
        handler.handle(
            request,
            answer -> {
              note(request.source(), credential, answer);
              reply.send(answer);
            });
      }

      @Override
      public @Nullable Response refusal(Request head, long announced) {
        return handler.refusal(head, announced);
      }
    };
  }

  /// Stands in front of what refuses requests that no route is for.
  Function<Request, Optional<Response>> beforeRefusal(
      Function<Request, Optional<Response>> refusal) {
    return request -> {
      String credential = credential(request);
      refuseGuesser(request.source(), credential);
      Optional<Response> refused = refusal.apply(request);
      refused.ifPresent(it -> note(request.source(), credential, it));
      return refused;
    };
  }

  StreamHandler before(StreamHandler handler) {
    return (head, body, reply) -> {
      String credential = credential(head);
      refuseGuesser(head.source(), credential);
      handler.handle(head, body, noting(reply, head.source(), credential));
    };
  }

  private StreamReply noting(StreamReply reply, InetAddress source, @Nullable String credential) {
    return new StreamReply() {
      @Override
      public void send(Response response) {
        note(source, credential, response);
        reply.send(response);
      }

      @Override
      public BodySink begin(Response head) {
        note(source, credential, head);
        return reply.begin(head);
      }
    };
  }

  private void refuseGuesser(InetAddress source, @Nullable String credential) {
    String given = credential == null ? "" : credential;
    if (!guard.admits(source, given)) {
      throw new ProblemException(
              429, "Too many wrong credentials", "wait as long as Retry-After says")
          .retryAfter(guard.retryAfterSeconds(source, given));
    }
  }

  private void note(InetAddress source, @Nullable String credential, Response answer) {
    if (credential == null) {
      return;
    }
    if (isWrong.test(answer)) {
      guard.failed(source, credential);
    } else if (answer.status() < 300) {
      guard.passed(source, credential);
    }
  }

  /// What a request proves itself with, null if with nothing. A token in a body is not looked for:
  /// the whole body stands for it.
  private static @Nullable String credential(Request request) {
    String authorization = request.headers().first("Authorization");
    if (authorization != null) {
      return authorization;
    }
    for (String name : IN_QUERY) {
      String token = inQuery(request.query(), name);
      if (token != null) {
        return token;
      }
    }
    Bytes body = request.body();
    return body.length() == 0 ? null : body.toUtf8();
  }

  private static @Nullable String inQuery(Query query, String name) {
    try {
      return query.first(name);
    } catch (ProblemException _) {
      return null;
    }
  }
}
