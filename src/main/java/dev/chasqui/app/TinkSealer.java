package dev.chasqui.app;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.chasqui.store.SecretSealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// Seals secrets with AES-GCM under a key in the data directory that only the owner may read. So a
/// copy of the database alone reveals no secret. The key is made at first use; loading the library
/// takes time, so a gateway without stored secrets starts without it.
final class TinkSealer implements SecretSealer {

  private final Path keyFile;
  private @Nullable Aead aead;

  /// @param keyFile made if it is missing
  TinkSealer(Path keyFile) {
    this.keyFile = keyFile;
  }

  @Override
  public byte[] seal(String plain, String context) {
    try {
      return aead()
          .encrypt(
              plain.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal a secret", e);
    }
  }

  @Override
  public String open(byte[] sealed, String context) {
    try {
      byte[] plain = aead().decrypt(sealed, context.getBytes(StandardCharsets.UTF_8));
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a stored secret does not open with " + keyFile + "; restore the key it was made with",
          e);
    }
  }

  private synchronized Aead aead() throws GeneralSecurityException {
    Aead ready = aead;
    if (ready == null) {
      AeadConfig.register();
      ready = keyset().getPrimitive(RegistryConfiguration.get(), Aead.class);
      aead = ready;
    }
    return ready;
  }

  private KeysetHandle keyset() throws GeneralSecurityException {
    try {
      if (!Files.exists(keyFile)) {
        write(
            KeysetHandle.generateNew(
                PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
      }
      return TinkJsonProtoKeysetFormat.parseKeyset(
          Files.readString(keyFile), RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write the key file " + keyFile, e);
    }
  }

  /// Writes the key whole or not at all, and to disk before anything is sealed with it.
  private void write(KeysetHandle keyset) throws GeneralSecurityException, IOException {
    String json =
        TinkJsonProtoKeysetFormat.serializeKeyset(
            keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    Path scratch = keyFile.resolveSibling(keyFile.getFileName() + ".new");
    Files.deleteIfExists(scratch);
    Files.createFile(
        scratch,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    move(scratch);
  }

  private void move(Path scratch) throws IOException {
    try {
      Files.move(scratch, keyFile, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(scratch, keyFile);
    }
    syncFolder();
  }

  /// A name is on disk when its folder is. Before that nothing may be sealed with the key.
  private void syncFolder() throws IOException {
    Path folder = keyFile.toAbsolutePath().getParent();
    if (folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
