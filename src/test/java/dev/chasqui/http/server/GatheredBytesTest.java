package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheredBytesTest {

  private final Random random = new Random(20261201);

  @Test
  void piecesOfAnySizesAreJoinedInTheirOrder() {
    for (int round = 0; round < 200; round++) {
      byte[] all = new byte[random.nextInt(300_000)];
      random.nextBytes(all);
      GatheredBytes gathered = new GatheredBytes();
      for (int from = 0; from < all.length; ) {
        int bytes = Math.min(all.length - from, 1 + random.nextInt(pieceLimit()));
        gathered.add(piece(all, from, bytes));
        from += bytes;
      }
      assertThat(gathered.joined()).isEqualTo(Bytes.of(all));
    }
  }

  private int pieceLimit() {
    return random.nextBoolean() ? 100 : 70_000;
  }

  /// As the parser may give it: with its own array, within a larger one, or without any.
  private ByteBuf piece(byte[] all, int from, int bytes) {
    return switch (random.nextInt(3)) {
      case 0 -> Unpooled.copiedBuffer(all, from, bytes);
      case 1 -> Unpooled.wrappedBuffer(all, from, bytes);
      default -> Unpooled.directBuffer(bytes).writeBytes(all, from, bytes);
    };
  }

  @Test
  void largePiecesAreNotCopiedUntilAllAreHere() {
    byte[] large = new byte[64 << 10];
    GatheredBytes gathered = new GatheredBytes();
    gathered.add(Unpooled.wrappedBuffer(large));
    assertThat(gathered.joined().array()).isSameAs(large);
  }

  @Test
  void nothingIsEmpty() {
    assertThat(new GatheredBytes().joined()).isEqualTo(Bytes.EMPTY);
  }
}
