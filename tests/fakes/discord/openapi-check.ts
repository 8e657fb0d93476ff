import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { asRecord } from './json.js';

/** Discord's published HTTP schema, kept beside the repository when somebody has fetched it; nothing needs it. */
const SPEC_PATH = fileURLToPath(new URL('../../../../shared/specs/discord-openapi.json', import.meta.url));

/** Whether the schema is there to check against. */
export const hasSpecification = existsSync(SPEC_PATH);

/** Checks a body against one named schema of Discord's specification, or a list of them (`Name[]`); lists what does not fit. */
export type OpenapiCheck = (schemaName: string, body: unknown) => string[];

let shared: OpenapiCheck | undefined;

/** The check for this process: schemas compile on first use and are kept. Without the file it finds nothing wrong. */
export function openapiCheck(): OpenapiCheck {
  shared ??= hasSpecification ? createCheck(JSON.parse(readFileSync(SPEC_PATH, 'utf8'))) : () => [];
  return shared;
}

function createCheck(spec: object): OpenapiCheck {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema(correct(spec), 'discord');
  const compiled = new Map<string, ValidateFunction | undefined>();
  const check = (schemaName: string, body: unknown): string[] => {
    if (!compiled.has(schemaName)) compiled.set(schemaName, ajv.getSchema(`discord#/components/schemas/${schemaName}`));
    const validate = compiled.get(schemaName);
    if (!validate) throw new Error(`Discord's specification has no schema ${schemaName}`);
    return validate(body) ? [] : deepest(validate.errors ?? []);
  };
  return (name, body) => {
    if (!name.endsWith('[]')) return check(name, body);
    if (!Array.isArray(body)) return ['(body) must be a list'];
    return body.flatMap((item, index) => check(name.slice(0, -2), item).map((line) => `/${index}${line}`));
  };
}

/** The schema asks for a number where the documentation, and every library, sends permissions as text. */
function correct(spec: object): object {
  const { schemas } = asRecord(asRecord(spec).components);
  for (const schema of Object.values(asRecord(schemas))) {
    const properties = asRecord(asRecord(schema).properties);
    if ('default_member_permissions' in properties)
      properties.default_member_permissions = { type: ['string', 'null'] };
  }
  return spec;
}

/** Of the errors of all tried alternatives those that got furthest into the body: they name the real mistake. */
function deepest(errors: ErrorObject[]): string[] {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length;
  const most = Math.max(...errors.map(depth));
  const lines = errors.filter((error) => depth(error) === most).map(describe);
  return [...new Set(lines)];
}

function describe({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '(body)'} ${message ?? 'is invalid'} ${JSON.stringify(params)}`;
}
