package dev.chasqui.cli;

import dev.chasqui.bench.NoOpServer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The benchmark's ceiling as a process of its own; runs until it is ended.
@Command(
    name = "bench-noop",
    hidden = true,
    description = "Answers webhooks with 200 and does nothing, for the benchmark.")
final class BenchNoopCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    try (NoOpServer server = new NoOpServer()) {
      PrintWriter out = spec.commandLine().getOut();
      String url = "http://127.0.0.1:" + server.port();
      out.println(
          "chasqui ready public=%s admin=%s pid=%d"
              .formatted(url, url, ProcessHandle.current().pid()));
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    }
  }
}
