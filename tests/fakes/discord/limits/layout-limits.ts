import { type Component, flatten, Kind, mediaOf } from '../components.js';
import { asList, asRecord } from '../json.js';
import type { Path, Problems } from '../problems.js';
import { checkActionRow, checkButton } from './component-limits.js';

const TOP_LEVEL: readonly number[] = [
  Kind.actionRow,
  Kind.section,
  Kind.textDisplay,
  Kind.mediaGallery,
  Kind.file,
  Kind.separator,
  Kind.container,
];

/** Most characters all text displays of a message may hold together. */
const TEXT_TOTAL = 4000;
/** Most components in a message, nested ones counted. */
const COMPONENT_TOTAL = 40;

/** What a layout may show: the names of the message's own attachments. */
interface Uploads {
  attachmentNames: ReadonlySet<string>;
}

/** The components of a message sent with the Components V2 flag. @see developers/components/reference */
export function checkLayout(problems: Problems, components: readonly Component[], uploads: Uploads): void {
  const all = flatten(components);
  if (all.length > COMPONENT_TOTAL) {
    problems.add(
      ['components'],
      'COMPONENT_LAYOUT_MAX_COMPONENTS',
      `${all.length} components; at most 40, nested ones counted.`,
    );
  }
  const length = all.reduce(
    (sum, { type, content }) => sum + (type === Kind.textDisplay ? (content?.length ?? 0) : 0),
    0,
  );
  if (length > TEXT_TOTAL) {
    problems.add(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `${length} characters of text; at most 4000 in all.`,
    );
  }
  components.forEach((component, index) => {
    checkBlock(problems, ['components', index], component, { allowed: TOP_LEVEL, uploads });
  });
  checkIds(problems, all);
}

/** The components of a message without that flag: up to five action rows. */
export function checkActionRows(problems: Problems, components: readonly Component[]): void {
  problems.count(['components'], components.length, { max: 5 });
  components.forEach((component, index) => {
    const path = ['components', index];
    if (component.type === Kind.actionRow) checkActionRow(problems, path, component);
    else problems.add([...path, 'type'], 'BASE_TYPE_CHOICES', `Type ${component.type} needs the Components V2 flag.`);
  });
  checkIds(problems, flatten(components));
}

function checkIds(problems: Problems, all: readonly Component[]): void {
  const customIds = all.map(({ custom_id }) => custom_id).filter((id) => typeof id === 'string');
  const ids = all.map(({ id }) => id).filter((id) => typeof id === 'number' && id > 0);
  problems.unique(['components'], customIds, 'COMPONENT_CUSTOM_ID_DUPLICATED');
  problems.unique(['components'], ids, 'COMPONENT_ID_DUPLICATED');
}

function checkBlock(
  problems: Problems,
  path: Path,
  block: Component,
  { allowed, uploads }: { allowed: readonly number[]; uploads: Uploads },
): void {
  if (!allowed.includes(block.type)) {
    problems.add([...path, 'type'], 'UNION_TYPE_CHOICES', `Type ${block.type} cannot stand here.`);
    return;
  }
  checkMediaReferences(problems, path, block, uploads);
  if (block.type === Kind.actionRow) checkActionRow(problems, path, block);
  if (block.type === Kind.textDisplay) problems.text([...path, 'content'], block.content, { min: 1, max: TEXT_TOTAL });
  if (block.type === Kind.separator) problems.range([...path, 'spacing'], asRecord(block).spacing, { min: 1, max: 2 });
  if (block.type === Kind.section) checkSection(problems, path, block, uploads);
  if (block.type === Kind.mediaGallery) checkGallery(problems, path, block);
  if (block.type === Kind.container) checkContainer(problems, path, block, uploads);
}

function checkContainer(problems: Problems, path: Path, container: Component, uploads: Uploads): void {
  const children = asList(container.components) as Component[];
  const allowed = TOP_LEVEL.filter((type) => type !== Kind.container);
  problems.count([...path, 'components'], children.length, { min: 1, max: COMPONENT_TOTAL });
  problems.range([...path, 'accent_color'], asRecord(container).accent_color, { min: 0, max: 0xffffff });
  children.forEach((child, index) => {
    checkBlock(problems, [...path, 'components', index], child, { allowed, uploads });
  });
}

function checkSection(problems: Problems, path: Path, section: Component, uploads: Uploads): void {
  const texts = asList(section.components) as Component[];
  const { accessory } = section;
  problems.count([...path, 'components'], texts.length, { min: 1, max: 3 });
  texts.forEach((text, index) => {
    checkBlock(problems, [...path, 'components', index], text, { allowed: [Kind.textDisplay], uploads });
  });
  const at = [...path, 'accessory'];
  if (accessory?.type === Kind.button) checkButton(problems, at, accessory);
  else if (accessory?.type === Kind.thumbnail) checkThumbnail(problems, at, accessory, uploads);
  else problems.add(at, 'BASE_TYPE_REQUIRED', 'A section needs a button or a thumbnail.');
}

function checkThumbnail(problems: Problems, path: Path, thumbnail: Component, uploads: Uploads): void {
  problems.optionalText([...path, 'description'], thumbnail.description, { max: 1024 });
  checkMediaReferences(problems, path, thumbnail, uploads);
}

function checkGallery(problems: Problems, path: Path, gallery: Component): void {
  const items = asList(gallery.items).map(asRecord);
  problems.count([...path, 'items'], items.length, { min: 1, max: 10 });
  items.forEach((item, index) => {
    problems.optionalText([...path, 'items', index, 'description'], item.description, { max: 1024 });
  });
}

/** A file shows only an upload; pictures may also come from the web. Either way a named upload must really be there. */
function checkMediaReferences(problems: Problems, path: Path, component: Component, uploads: Uploads): void {
  const needsMedia = component.type === Kind.file || component.type === Kind.thumbnail;
  const media = mediaOf(component);
  if (needsMedia && media.length === 0) problems.add(path, 'BASE_TYPE_REQUIRED', 'This component needs its media.');
  for (const { url } of media) {
    const name = url?.startsWith('attachment://') ? url.slice('attachment://'.length) : undefined;
    if (name !== undefined && !uploads.attachmentNames.has(name)) {
      problems.add(path, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', `No attachment is called ${name}.`);
    }
    if (name === undefined && (component.type === Kind.file || !/^https?:\/\/\S+$/.test(url ?? ''))) {
      problems.add(path, 'URL_TYPE_INVALID_SCHEME', `${url} is not an address this component can show.`);
    }
  }
}
