/** One choice of a select, radio group or checkbox group. */
export interface ComponentOption {
  label: string;
  value: string;
  description?: string;
  default?: boolean;
}

/** Any component as sent: the fields of all kinds, each present only where its kind has it (the limits check that). */
export interface Component {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  description?: string;
  content?: string;
  placeholder?: string;
  style?: number;
  url?: string;
  emoji?: { name?: string };
  disabled?: boolean;
  required?: boolean;
  value?: string;
  default?: boolean;
  min_length?: number;
  max_length?: number;
  min_values?: number;
  max_values?: number;
  options?: ComponentOption[];
  default_values?: { id: string; type: string }[];
  channel_types?: number[];
  file_types?: string[];
  accessory?: Component;
  component?: Component;
  components?: Component[];
  media?: { url: string };
  file?: { url: string };
  items?: { media: { url: string }; description?: string }[];
}

/** The components standing directly inside one, in the order a person reads them. */
export function childrenOf(component: Component): Component[] {
  return [...(component.components ?? []), component.accessory, component.component].filter(
    (child): child is Component => child !== undefined && child !== null,
  );
}

/** All components, nested ones included, in reading order. */
export function flatten(components: readonly Component[]): Component[] {
  return components.flatMap((component) => [component, ...flatten(childrenOf(component))]);
}

/** The media a component shows: `attachment://name` or a web address. */
export function mediaOf(component: Component): { url: string }[] {
  const own = [component.media, component.file].filter((media) => media !== undefined);
  return [...own, ...(component.items ?? []).map((item) => item.media)];
}

/** The numbers by which Discord knows the kinds. @see developers/components/reference */
export const Kind = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

const SELECTS: readonly number[] = [3, 5, 6, 7, 8];

/** Whether it is one of the five kinds of select. */
export function isSelect({ type }: { type: number }): boolean {
  return SELECTS.includes(type);
}
