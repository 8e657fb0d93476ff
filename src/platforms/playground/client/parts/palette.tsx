import type { WireCommand } from '../../wire.js';
import type { Row } from './choice-list.js';

/** The commands as rows of the palette: grouped while nothing was typed, the best match first after that. */
export function paletteRows(found: readonly WireCommand[], groups: Record<string, string>, text: string): Row[] {
  const isBare = text.replace(/^\//, '').trim() === '';
  return found.map((command) => ({
    key: command.name,
    ...(isBare ? { group: groupOf(command, groups) } : {}),
    content: <PaletteRow command={command} />,
  }));
}

function groupOf({ name }: WireCommand, groups: Record<string, string>): string {
  const [first = ''] = name.split(' ');
  return groups[first] ?? 'Everything else';
}

function PaletteRow({ command }: { command: WireCommand }) {
  return (
    <>
      <span class="palette-name">
        /{command.name}
        <span class="palette-options">
          {command.options.map(({ name, isRequired }) => (
            <span key={name} class={isRequired ? 'needed' : ''}>
              {name}
            </span>
          ))}
        </span>
      </span>
      <span class="palette-about">{command.description}</span>
    </>
  );
}
