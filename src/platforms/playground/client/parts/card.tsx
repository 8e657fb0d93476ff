import { useState } from 'preact/hooks';
import type { WireBlock, WireButton, WireFile, WireImage, WireItem, WirePager, WireView } from '../../wire.js';
import { useSurface } from '../surface.js';
import { DownloadIcon, FileIcon, LeftIcon, LinkOutIcon, RightIcon } from './icons.js';
import { isWebAddress, Rich } from './rich.js';
import { SelectMenu } from './select-menu.js';

/** Which tap of a message is under way; while one is, the others wait. */
export interface Pressing {
  busy: string | undefined;
  press(id: string, values?: string[]): void;
}

/** A view, as a card. */
export function Card({ message, view }: { message: number; view: WireView }) {
  const { press } = useSurface();
  const [busy, setBusy] = useState<string>();
  const pressing: Pressing = {
    busy,
    press(id, values = []) {
      if (busy !== undefined) return;
      setBusy(id);
      void press(message, id, values).finally(() => setBusy(undefined));
    },
  };
  return (
    <div class={`card tone-${view.tone}`} aria-busy={busy !== undefined}>
      {view.title && (
        <h3 class="card-title" dir="auto">
          <Rich text={view.title} />
        </h3>
      )}
      {view.blocks.map((block, position) => (
        <BlockView key={keyOf(block, position)} block={block} pressing={pressing} />
      ))}
    </div>
  );
}

const keyOf = (block: WireBlock, position: number) => (block.kind === 'pager' ? 'pager' : `${position} ${block.kind}`);

function BlockView({ block, pressing }: { block: WireBlock; pressing: Pressing }) {
  switch (block.kind) {
    case 'text':
      return (
        <p class="card-text" dir="auto">
          <Rich text={block.text} />
        </p>
      );
    case 'note':
      return (
        <p class="card-note" dir="auto">
          <Rich text={block.text} />
        </p>
      );
    case 'fields':
      return (
        <dl class="card-fields">
          {block.fields.map(({ label, value }, position) => (
            <div key={`${position} ${label}`}>
              <dt dir="auto">{label}</dt>
              <dd dir="auto">
                <Rich text={value} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'list':
      return (
        <ul class="card-list">
          {block.items.map((item, position) => (
            <ItemView
              key={`${position} ${item.button?.kind === 'action' ? item.button.id : ''}`}
              item={item}
              pressing={pressing}
            />
          ))}
        </ul>
      );
    case 'buttons':
      return (
        <div class="card-buttons">
          {block.buttons.map((button, position) => (
            <ButtonView
              key={`${position} ${button.kind === 'action' ? button.id : button.url}`}
              button={button}
              pressing={pressing}
            />
          ))}
        </div>
      );
    case 'select':
      return <SelectMenu select={block} pressing={pressing} />;
    case 'pager':
      return <PagerView pager={block} pressing={pressing} />;
    case 'image':
      return <ImageView image={block} />;
    case 'file':
      return <FileView file={block} />;
    case 'divider':
      return <hr class="card-divider" />;
  }
}

function ItemView({ item, pressing }: { item: WireItem; pressing: Pressing }) {
  return (
    <li class="card-item">
      <div class="card-item-words">
        <p class="card-item-title" dir="auto">
          <Rich text={item.title} />
        </p>
        {item.lines.map((line, position) => (
          // lines have no name of their own
          <p class="card-item-line" dir="auto" key={position}>
            <Rich text={line} />
          </p>
        ))}
      </div>
      {item.button && <ButtonView button={item.button} pressing={pressing} about={item.title} />}
    </li>
  );
}

/** `about` tells the buttons of a list apart for those who hear them. */
function ButtonView({
  button,
  pressing,
  about,
}: {
  button: WireButton;
  pressing: Pressing;
  about?: WireItem['title'];
}) {
  if (button.kind === 'link') {
    if (!isWebAddress(button.url)) return null;
    return (
      <a class="button" href={button.url} target="_blank" rel="noopener noreferrer">
        <span class="button-label">{button.label}</span>
        <LinkOutIcon />
      </a>
    );
  }
  const isBusy = pressing.busy === button.id;
  const aboutWords = about
    ?.map((piece) => (typeof piece === 'string' ? piece : 'text' in piece ? piece.text : ''))
    .join('');
  return (
    <button
      type="button"
      class={`button ${button.style ?? ''} ${isBusy ? 'busy' : ''}`}
      aria-label={aboutWords ? `${button.label}: ${aboutWords.slice(0, 80)}` : undefined}
      aria-disabled={pressing.busy !== undefined}
      // The second click of a double-click may meet another button in the same place.
      onClick={(event) => event.detail < 2 && pressing.press(button.id)}
    >
      <span class="button-label">{button.label}</span>
    </button>
  );
}

function PagerView({ pager, pressing }: { pager: WirePager; pressing: Pressing }) {
  const step = (name: 'Previous' | 'Next', id: string | undefined) => (
    <button
      type="button"
      class="button"
      key={name}
      aria-disabled={id === undefined || pressing.busy !== undefined}
      onClick={() => id !== undefined && pressing.press(id)}
    >
      {name === 'Previous' && <LeftIcon />}
      <span class="button-label">{name}</span>
      {name === 'Next' && <RightIcon />}
    </button>
  );
  return (
    <nav class="card-pager" aria-label="Pages of this list">
      {step('Previous', pager.previous)}
      <span class="card-pager-at" aria-live="polite">
        Page {pager.page + 1} of {pager.pages}
      </span>
      {step('Next', pager.next)}
    </nav>
  );
}

function ImageView({ image }: { image: WireImage }) {
  const { openImage } = useSurface();
  const size = image.width > 0 ? { width: image.width, height: image.height } : {};
  return (
    <button type="button" class="card-image" onClick={() => openImage(image)} aria-label={`Enlarge: ${image.alt}`}>
      <img src={image.url} alt={image.alt} {...size} />
    </button>
  );
}

function FileView({ file }: { file: WireFile }) {
  return (
    <a class="card-file" href={file.url} download={file.name}>
      <span class="card-file-icon">
        <FileIcon />
      </span>
      <span class="card-file-words">
        <bdi class="card-file-name">{file.name}</bdi>
        <span class="card-file-size">{fileSize(file.sizeBytes)}</span>
      </span>
      <DownloadIcon />
    </a>
  );
}

function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
