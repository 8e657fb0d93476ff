import { type Component, Kind } from './components.js';
import { REFERENCES, type Reference, type Resolved } from './resolved.js';

/** One thing picked: an option by its label or value, or somebody or something that exists. */
export type Picked = string | Reference;

const ENTITIES: Record<number, readonly ('user' | 'role' | 'channel')[]> = {
  [Kind.userSelect]: REFERENCES.user,
  [Kind.roleSelect]: REFERENCES.role,
  [Kind.mentionableSelect]: REFERENCES.mentionable,
  [Kind.channelSelect]: REFERENCES.channel,
};

/** The values a select or group sends. Without picks its presets stand. Throws on too few, too many or unknown ones. */
export function pickValues(
  name: string,
  component: Component,
  picks: readonly Picked[] | undefined,
  resolved: Resolved,
): string[] {
  const values = (picks ?? presetsOf(component)).map((pick) => sentValue(name, component, pick, resolved));
  const isOptional = component.required === false;
  const min = component.min_values ?? (isOptional ? 0 : 1);
  const max = component.max_values ?? (component.type === Kind.checkboxGroup ? (component.options?.length ?? 0) : 1);
  if (isOptional && values.length === 0) return values;
  if (values.length < min || values.length > max)
    throw new Error(`"${name}" takes ${min} to ${max} picks, not ${values.length}`);
  return values;
}

function presetsOf({ options = [], default_values: entities = [] }: Component): Picked[] {
  return [
    ...options.filter((option) => option.default).map(({ value }) => value),
    ...entities.map(({ id }) => ({ id })),
  ];
}

function sentValue(name: string, { type, options = [] }: Component, pick: Picked, resolved: Resolved): string {
  const kinds = ENTITIES[type];
  if (kinds && typeof pick !== 'string') return resolved.add(pick, kinds);
  const option = options.find(({ label, value }) => label === pick || value === pick);
  if (option) return option.value;
  const there = options.map(({ label }) => label).join(', ') || 'people, roles or channels';
  throw new Error(`"${name}" has no ${JSON.stringify(pick)}; there are: ${there}`);
}
