import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** lu.ma's published specification, kept beside the repository when somebody has fetched it; nothing needs it. */
const SPEC_PATH = fileURLToPath(new URL('../../../../shared/specs/luma-openapi.json', import.meta.url));

/** Whether the specification is there to check against. */
export const hasSpecification = existsSync(SPEC_PATH);

/** Lists what does not fit the answer of a route (`GET /v1/calendars/get`) or the body of a webhook (`event.canceled`). */
export type SpecificationCheck = (of: string, body: unknown) => string[];

/** Without the file it finds nothing wrong. */
export function specificationCheck(): SpecificationCheck {
  if (!hasSpecification) return () => [];
  const spec: unknown = JSON.parse(readFileSync(SPEC_PATH, 'utf8'));
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, allErrors: false });
  addFormats.default(ajv);
  return (of, body) => {
    const validate = ajv.compile(withoutDialect(schemaOf(spec, of)));
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${of} ${instancePath} ${message}`);
  };
}

function schemaOf(spec: unknown, of: string): object {
  const [method = '', path] = of.split(' ');
  const found = path
    ? at(spec, 'paths', path, method.toLowerCase(), 'responses', '200')
    : at(spec, 'webhooks', of, 'post', 'requestBody');
  return Object(at(found, 'content', 'application/json', 'schema'));
}

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((inner, key) => {
    const next: unknown = Object(inner)[key];
    if (next === undefined) throw new Error(`lu.ma's specification has no ${keys.join(' ')}`);
    return next;
  }, value);
}

/** Each schema of it names its dialect, by which ajv would know it again as one it has. */
function withoutDialect(schema: object): object {
  const { $schema: _dialect, ...rest } = Object(schema);
  return rest;
}
