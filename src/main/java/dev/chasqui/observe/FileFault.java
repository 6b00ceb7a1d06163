package dev.chasqui.observe;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// Says in words what a file system refused, and what to do about it.
public final class FileFault {

  private FileFault() {}

  /// @return a clause without a full stop, with the file if the system names it
  public static String of(IOException fault) {
    return switch (fault) {
      case AccessDeniedException denied ->
          "permission denied for user "
              + System.getProperty("user.name")
              + at(denied.getFile())
              + "; let this user write there";
      case FileAlreadyExistsException taken ->
          "a file is in the way of the directory" + at(taken.getFile()) + "; move it away";
      case NoSuchFileException missing ->
          "no such file or directory" + at(missing.getFile()) + "; create it";
      case FileSystemException other -> of(other);
      default -> String.valueOf(fault.getMessage());
    };
  }

  private static String of(FileSystemException fault) {
    String reason = String.valueOf(fault.getReason());
    return switch (reason) {
      case "Read-only file system" ->
          "the file system is read-only" + at(fault.getFile()) + "; mount it writable";
      case "No space left on device", "Disk quota exceeded" ->
          "the disk is full" + at(fault.getFile()) + "; free some space";
      case "Not a directory" ->
          "a file is in the way of a directory" + at(fault.getFile()) + "; move it away";
      default -> reason + at(fault.getFile());
    };
  }

  private static String at(@Nullable String file) {
    return file == null ? "" : " (" + file + ")";
  }
}
