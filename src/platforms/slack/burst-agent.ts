import type { Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';

/** How long opening a connection may take, in milliseconds. */
const CONNECT_MS = 10_000;

/**
 * Opens connections on which everything written in one turn of the event loop goes out as one write. Envelopes come in
 * bursts, and a write of each answer by itself is a system call, which costs as much as the answer.
 */
export function burstAgent(): Agent {
  const connect = buildConnector({ timeout: CONNECT_MS });
  return new Agent({
    connect(options, done) {
      connect(options, (...outcome) => {
        const [, socket] = outcome;
        if (socket) writeTogether(socket);
        done(...outcome);
      });
    },
  });
}

function writeTogether(socket: Socket): void {
  const cork = socket.cork.bind(socket);
  let isHeld = false;
  const release = () => {
    isHeld = false;
    socket.uncork();
  };
  // The client corks around the parts of each frame; the first of a turn holds them all until the turn ends.
  socket.cork = () => {
    cork();
    if (isHeld) return;
    isHeld = true;
    cork();
    setImmediate(release);
  };
}
