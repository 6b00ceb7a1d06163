package dev.chasqui.cli;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Signs the bytes of a file, or checks a signature that came with them.
@Command(
    name = "verify-signature",
    description = {
      "Prints the signature of a file's bytes, or checks the one given with --header.",
      "The bytes must be the body exactly as it was received."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:printed, or the signature is right", "1:it is wrong", "2:wrong use"})
final class VerifySignatureCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      required = true,
      description = "meta, turn, exotel or standard.")
  private String dialect = "";

  @Option(
      names = "--secret",
      paramLabel = "KEY",
      required = true,
      description = "The key that both sides know.")
  private String secret = "";

  @Option(
      names = "--header",
      paramLabel = "VALUE",
      description =
          "The signature to check: the value of X-Hub-Signature-256 (meta), X-Turn-Hook-Signature"
              + " (turn), X-Exotel-Signature (exotel) or webhook-signature (standard).")
  private @Nullable String header;

  @Option(names = "--id", paramLabel = "ID", description = "The value of webhook-id (standard).")
  private @Nullable String id;

  @Option(
      names = "--timestamp",
      paramLabel = "SECONDS",
      description = "The value of webhook-timestamp (standard).")
  private @Nullable String timestamp;

  @Parameters(paramLabel = "FILE", description = "The body, exactly as received.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Bytes body = body();
    Signer signer = signer();
    PrintWriter out = spec.commandLine().getOut();
    if (header == null) {
      out.println(signer.sign(body));
      return 0;
    }
    if (signer.verify(body, header.strip())) {
      out.println("the signature is right");
      return 0;
    }
    spec.commandLine().getErr().println("chasqui: " + reason(header.strip()));
    return 1;
  }

  private String reason(String value) {
    String form = form();
    if (!value.startsWith(form)) {
      return "the header is no signature of this dialect: it must begin with " + form;
    }
    return "the signature is wrong: another secret, or not exactly the bytes that were signed";
  }

  /// What a header's value begins with; of Exotel's digits some senders leave that out.
  private String form() {
    return switch (dialect) {
      case "meta" -> Signatures.PREFIX;
      case "standard" -> "v1,";
      default -> "";
    };
  }

  private Signer signer() {
    try {
      return switch (dialect) {
        case "meta" -> new Signer.Meta(SigningKey.of(secret));
        case "turn" -> new Signer.Turn(SigningKey.of(secret));
        case "exotel" -> new Signer.Exotel(SigningKey.of(secret));
        case "standard" ->
            Signer.Standard.of(secret, required("--id", id), required("--timestamp", timestamp));
        default -> throw wrong("--dialect is meta, turn, exotel or standard");
      };
    } catch (IllegalArgumentException _) {
      throw wrong("--secret is empty, or not whsec_ and base 64 where the dialect asks for it");
    }
  }

  private String required(String option, @Nullable String value) {
    if (value == null) {
      throw wrong("the standard dialect signs " + option + " as well: give it");
    }
    return value;
  }

  private Bytes body() {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (IOException _) {
      throw wrong("cannot read " + file);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
