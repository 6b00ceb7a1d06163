package dev.chasqui.store.sql;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/// When the kernel serves a thread's disk requests: `ioprio_set(2)` of Linux, which needs no
/// privilege for these. It is a wish: some schedulers heed it (mq-deadline, BFQ), others do not
/// (none, kyber), and on other systems there is no such call.
enum DiskPriority {
  /// The priority that processes have by default.
  NORMAL(0),
  /// After all other requests, but not for ever: mq-deadline serves requests that have waited for
  /// ten seconds.
  IDLE(3 << 13);

  private static final System.Logger LOG = System.getLogger(DiskPriority.class.getName());

  /// `IOPRIO_WHO_PROCESS`, which with id 0 means the calling thread.
  private static final long THIS_THREAD = 1;

  private final long value;

  DiskPriority(long value) {
    this.value = value;
  }

  /// Asks it for the calling thread, which must be a platform thread.
  ///
  /// @return whether the kernel took it
  boolean claim() {
    try {
      return Call.SET.isPresent()
          && (long) Call.SET.get().invokeExact(Call.NUMBER, THIS_THREAD, 0L, value) == 0;
    } catch (Throwable e) {
      LOG.log(Level.DEBUG, "the kernel was not asked for the disk priority " + this, e);
      return false;
    }
  }

  /// The system call, made through libc's `syscall(2)`, since libc has no function for this one.
  private static final class Call {

    static final long NUMBER = number();
    static final Optional<MethodHandle> SET = NUMBER < 0 ? Optional.empty() : handle();

    private Call() {}

    private static long number() {
      boolean isLinux = System.getProperty("os.name", "").equals("Linux");
      String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
      return switch (isLinux ? processor : "") {
        case "amd64", "x86_64" -> 251;
        case "aarch64" -> 30;
        default -> -1;
      };
    }

    @SuppressWarnings("restricted") // the jar's manifest enables native access
    private static Optional<MethodHandle> handle() {
      FunctionDescriptor shape =
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("syscall")
          .map(it -> linker.downcallHandle(it, shape, Linker.Option.firstVariadicArg(1)));
    }
  }
}
