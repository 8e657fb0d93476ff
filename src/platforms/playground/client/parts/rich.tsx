import type { ComponentChildren } from 'preact';
import type { Inline, RichText } from '../../wire.js';
import { useSurface } from '../surface.js';
import { formatTime, fullTime } from '../times.js';

/** Running text. Every piece is a text node: mark-up in somebody's name shows as it was typed. */
export function Rich({ text }: { text: RichText }) {
  return (
    <>
      {text.map((piece, position) => (
        // pieces have no name of their own, and are never reordered
        <Piece key={position} piece={piece} />
      ))}
    </>
  );
}

function Piece({ piece }: { piece: Inline }): ComponentChildren {
  const { reader, fillCommand } = useSurface();
  if (typeof piece === 'string') return <>{piece}</>;
  switch (piece.kind) {
    case 'bold':
      return <strong>{piece.text}</strong>;
    case 'italic':
      return <em>{piece.text}</em>;
    case 'code':
      return <code>{piece.text}</code>;
    case 'link':
      return isWebAddress(piece.url) ? (
        <a href={piece.url} target="_blank" rel="noopener noreferrer">
          {piece.text}
        </a>
      ) : (
        piece.text
      );
    case 'time':
      return (
        <time dateTime={piece.at} title={fullTime(piece.at, reader)}>
          {formatTime(piece.at, piece.style, reader)}
        </time>
      );
    case 'command':
      return (
        <button type="button" class="command-name" onClick={() => fillCommand(piece.name)}>
          /{piece.name}
        </button>
      );
  }
}

/** Only pages: no `javascript:` and the like. */
export function isWebAddress(url: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
