import type { ComponentChildren } from 'preact';

/** Small line icons, drawn here: nothing is loaded from elsewhere. They say nothing to screen readers. */
const icon = (children: ComponentChildren) => () => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

export const HashIcon = icon(<path d="M4 7.5h12.5M3.5 12.5H16M8.2 3.5l-1.7 13M13.5 3.5l-1.7 13" />);
export const ReplyIcon = icon(<path d="M4.5 15.5V10a3 3 0 0 1 3-3h8.5M12.5 3.5 16 7l-3.5 3.5" />);
export const ChatIcon = icon(
  <path d="M3.5 9.5c0-3.3 2.9-5.8 6.5-5.8s6.5 2.5 6.5 5.8-2.9 5.8-6.5 5.8c-.8 0-1.6-.1-2.3-.4L4 16.3l.9-3c-.9-1-1.4-2.3-1.4-3.8Z" />,
);
export const ClockIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.7" />
    <path d="M10 6.2V10l2.6 1.7" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.6v1.6M10 15.8v1.6M2.6 10h1.6M15.8 10h1.6M4.8 4.8l1.1 1.1M14.1 14.1l1.1 1.1M15.2 4.8l-1.1 1.1M5.9 14.1l-1.1 1.1" />
  </>,
);
export const MoonIcon = icon(<path d="M16.5 11.7A6.8 6.8 0 0 1 8.3 3.5a6.8 6.8 0 1 0 8.2 8.2Z" />);
export const ScreenIcon = icon(
  <>
    <rect x="3" y="4" width="14" height="9.5" rx="1.8" />
    <path d="M7.2 16.6h5.6M10 13.5v3" />
  </>,
);
export const DownIcon = icon(<path d="m5.5 8 4.5 4.5L14.5 8" />);
export const ArrowDownIcon = icon(<path d="M10 4v12M5.2 11.2 10 16l4.8-4.8" />);
export const SendIcon = icon(<path d="m3.8 4.2 12.7 5.8-12.7 5.8 1.9-5.8-1.9-5.8ZM5.7 10h5" />);
export const CloseIcon = icon(<path d="m5.5 5.5 9 9M14.5 5.5l-9 9" />);
export const MenuIcon = icon(<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13" />);
export const EyeIcon = icon(
  <>
    <path d="M2.8 10S5.4 5.2 10 5.2 17.2 10 17.2 10s-2.6 4.8-7.2 4.8S2.8 10 2.8 10Z" />
    <circle cx="10" cy="10" r="2" />
  </>,
);
export const FileIcon = icon(
  <path d="M11.5 3H6.3A1.3 1.3 0 0 0 5 4.3v11.4A1.3 1.3 0 0 0 6.3 17h7.4a1.3 1.3 0 0 0 1.3-1.3V6.5L11.5 3Zm0 0v3.5H15" />,
);
export const DownloadIcon = icon(<path d="M10 3.5v9M6.2 9 10 12.8 13.8 9M4 16.3h12" />);
export const LinkOutIcon = icon(
  <path d="M8.5 5H5.6A1.6 1.6 0 0 0 4 6.6v7.8A1.6 1.6 0 0 0 5.6 16h7.8a1.6 1.6 0 0 0 1.6-1.6v-2.9M11.5 4H16v4.5M16 4l-6.5 6.5" />,
);
export const CheckIcon = icon(<path d="m4.5 10.5 3.5 3.5 7.5-8" />);
export const PlusIcon = icon(<path d="M10 4.5v11M4.5 10h11" />);
export const LeftIcon = icon(<path d="M12 5.5 7.5 10l4.5 4.5" />);
export const RightIcon = icon(<path d="M8 5.5 12.5 10 8 14.5" />);
export const SlashIcon = icon(<path d="M12.5 3.5 7.5 16.5" />);

export const CommandsIcon = icon(
  <>
    <rect x="3.2" y="3.2" width="13.6" height="13.6" rx="4" />
    <path d="m11.6 6.6-3.2 6.8" />
  </>,
);

/** Rollcall's own mark: a list being ticked off. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path d="M8 11.2l2 2 3.4-3.8M17.5 11.5H24M8 20.7l2 2 3.4-3.8M17.5 21H24" />
  </svg>
);
