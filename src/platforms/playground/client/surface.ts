import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Standing } from './api.js';
import type { Reader } from './times.js';

/** What everything inside the chat may need: who reads, and what can be done. */
export interface Surface {
  reader: Reader;
  standing: Standing;
  /** Puts a command into the composer, ready to be filled in or run. */
  fillCommand(name: string): void;
  /** Runs a command right away. */
  runCommand(name: string, options: Record<string, string>): void;
  /** Presses a button or chooses in a select of a message. */
  press(message: number, id: string, values?: string[]): Promise<void>;
  dismiss(message: number): void;
  openImage(image: { url: string; alt: string; name: string }): void;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('The surface is missing around this part.');
  return surface;
}
