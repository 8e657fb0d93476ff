import { asString, type Dict, isDict } from '../json.js';
import { checkString, type Problems } from './problems.js';
import { checkUrl } from './text-limits.js';

/** Finds an uploaded file by its id or its private URL, so that an image can be checked to exist and to be a picture. */
export type FileLookup = (idOrUrl: string) => { mimetype: string } | undefined;

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif']);

/** Alt text up to 2000, and exactly one of `image_url` and `slack_file`; the latter is a png, jpg or gif that was uploaded. */
export function checkImageSource(problems: Problems, pointer: string, image: Dict, files: FileLookup): void {
  checkString(problems, `${pointer}/alt_text`, image.alt_text, { max: 2000, required: true });
  const { image_url: url, slack_file: file } = image;
  if ((url === undefined) === (file === undefined)) {
    problems.add(pointer, 'must provide either image_url or slack_file');
    return;
  }
  if (url !== undefined) {
    checkUrl(problems, `${pointer}/image_url`, url, true);
    if (!/^https?:/.test(asString(url))) problems.add(`${pointer}/image_url`, 'must be a valid URL');
    return;
  }
  if (!isDict(file)) {
    problems.add(`${pointer}/slack_file`, 'must be an object');
    return;
  }
  const found = files(asString(file.id ?? file.url));
  if (!found || !PICTURES.has(found.mimetype)) problems.add(`${pointer}/slack_file`, 'invalid slack file');
}
