import { useLayoutEffect, useRef } from 'preact/hooks';
import { CloseIcon } from './icons.js';

/** A picture in full, over everything else. */
export function Lightbox({ image, close }: { image: { url: string; alt: string; name: string }; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc and the button close it too
    <dialog
      class="lightbox"
      ref={dialog}
      aria-label={image.alt}
      onClose={close}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
    >
      <img src={image.url} alt={image.alt} />
      <p dir="auto">{image.alt}</p>
      <button type="button" class="icon-button" aria-label="Close the picture" onClick={() => dialog.current?.close()}>
        <CloseIcon />
      </button>
    </dialog>
  );
}
