import type { Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';

/** How long opening a connection may take, in milliseconds. */
const CONNECT_MS = 10_000;

/**
 * Opens connections on which what is written in one turn of the event loop goes out in two writes at most. Envelopes come in
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
  let written: 'nothing' | 'first' | 'held' = 'nothing';
  const endTurn = () => {
    if (written === 'held') socket.uncork();
    written = 'nothing';
  };
  // The client corks around the parts of each frame. The first of a turn goes out by itself, as it is mostly the only
  // one; the second holds all that follow until the turn ends.
  socket.cork = () => {
    cork();
    if (written === 'nothing') {
      written = 'first';
      setImmediate(endTurn);
    } else if (written === 'first') {
      written = 'held';
      cork();
    }
  };
}
