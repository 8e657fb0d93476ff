import { z } from 'zod';
import type { Actor, MemberActor } from './actor.js';
import type { Reply } from './reply.js';

/** Who may do a thing: anyone at all, or people who have agreed (the others meet the consent card first). */
export type Access = 'anyone' | 'member';
export type ActorWith<A extends Access> = A extends 'member' ? MemberActor : Actor;

/** A tap that is offered: which action, with what. Payloads hold ids and choices only, small and plain JSON. */
export interface ActionRef {
  action: string;
  payload: unknown;
}

/** An action's name and what its taps carry; views make taps from it, a module gives it its handler. */
export interface ActionDefinition<P extends z.ZodType, A extends Access> {
  name: string;
  payload: P;
  access: A;
  /** A tap that does this. */
  with(payload: z.input<P>): ActionRef;
}

/**
 * Defines an action. The schema is the guard at the door: taps from older versions or of foreign make that do not fit
 * it get a kind answer. When the meaning of a payload changes, give the action a new name.
 */
export function defineAction<P extends z.ZodType, A extends Access = 'member'>(
  name: string,
  payload: P,
  access?: A,
): ActionDefinition<P, A> {
  return {
    name,
    payload,
    access: access ?? ('member' as A),
    with: (values) => ({ action: name, payload: values }),
  };
}

/** An action with its handler, as the registry holds it. */
export interface Action {
  name: string;
  access: Access;
  /** Runs it, or says that the payload is not one of its own. */
  run(actor: Actor, payload: unknown, values: string[]): Promise<Reply> | 'bad-payload';
}

/**
 * Gives an action its handler. `values` are the choices made, for an action behind a select; empty behind a button.
 * The access check is the bot's; the handler's types rest on it.
 */
export function onAction<P extends z.ZodType, A extends Access>(
  definition: ActionDefinition<P, A>,
  handler: (actor: ActorWith<A>, payload: z.output<P>, values: string[]) => Promise<Reply>,
): Action {
  return {
    name: definition.name,
    access: definition.access,
    run(actor, payload, values) {
      const parsed = definition.payload.safeParse(payload);
      return parsed.success ? handler(actor as ActorWith<A>, parsed.data, values) : 'bad-payload';
    },
  };
}

/** Runs a command as if it had been typed: for buttons such as "Browse orgs". Options are as text. */
export const runCommandAction = defineAction(
  'run',
  z.object({ command: z.string().max(100), options: z.record(z.string(), z.string().max(6000)).default({}) }),
  'anyone',
);

/** A tap that runs a command. */
export function runs(command: string, options: Record<string, string> = {}): ActionRef {
  return runCommandAction.with(Object.keys(options).length === 0 ? { command } : { command, options });
}
