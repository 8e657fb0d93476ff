import { type Answer, complaintOf, stateValue } from './answers.js';
import { find, list } from './finding.js';
import type { Hands, Outlook } from './hands.js';
import { asDict, asDicts, asString, type Dict, textOf } from './json.js';
import { optionsOf } from './limits/option-limits.js';
import { hasMemory } from './payloads.js';
import { elementsOn, imagesOn, type SeenElement, type SeenImage, textOn } from './readable.js';
import { onScreen, type SeenModal, toModal } from './screen.js';
import type { Occasion, Surface } from './sights.js';
import { stateValues } from './views.js';
import type { FileRecord, ViewRecord } from './world.js';

export interface PressOptions {
  /** Of several equal labels, the one with these words beside or right above it. */
  near?: string;
  /** Of several equal labels, this one from the top, counted from 0. */
  nth?: number;
}

/** What a person has before them after doing something, and what they can do with it. */
export class Seen {
  /** Everything readable, in order, with markup as it was sent. */
  readonly text: string;
  /** The code of the error Slack showed, such as `operation_timeout`. */
  readonly error: string | undefined;
  /** What stands in red under inputs, by their label. */
  readonly errors: Record<string, string>;
  readonly modal: SeenModal | undefined;
  readonly isEphemeral: boolean;
  /** Whether all there was has been taken away. */
  readonly isGone: boolean;
  readonly files: FileRecord[];
  readonly images: SeenImage[];
  readonly surfaces: readonly Surface[];
  readonly #hands: Hands;
  readonly #outlook: Outlook;
  readonly #elements: SeenElement[];

  constructor(hands: Hands, outlook: Outlook, errors: Record<string, string> = {}) {
    this.#hands = hands;
    this.#outlook = outlook;
    this.surfaces = onScreen(hands, outlook.surfaces);
    this.errors = errors;
    this.text = this.surfaces.map(textOn).join('\n');
    this.error = this.surfaces.map((one) => (one.kind === 'error' ? one.code : undefined)).find(Boolean);
    this.modal = toModal(hands, this.surfaces);
    const messages = this.surfaces.flatMap((one) => (one.kind === 'message' ? [one.message] : []));
    this.isEphemeral = messages.length > 0 && messages.every(({ ephemeralFor }) => ephemeralFor !== undefined);
    this.isGone = outlook.surfaces.length > 0 && this.surfaces.length === 0;
    this.files = messages.flatMap(({ files }) => files);
    this.images = this.surfaces.flatMap(imagesOn);
    this.#elements = this.surfaces.flatMap(elementsOn);
  }

  /** Labels of all buttons, in order. */
  get buttons(): string[] {
    return this.#elements.filter(({ element }) => element.type === 'button').flatMap(({ names }) => names);
  }

  /** Names of everything that can be chosen from or typed into. */
  get inputs(): string[] {
    return this.#elements.filter(({ element }) => hasMemory(element)).map(({ names }) => names[0] ?? '');
  }

  /** The options a menu or list of boxes shows, overflow menus included. */
  optionsOf(label: string): string[] {
    const found = find(this.#elements, label, isMenu);
    return [...optionsOf(found.element), ...this.#hands.loadedOptions(found)].map((option) => textOf(option.text));
  }

  /** What an input holds now, as it would be sent. */
  valueOf(label: string): Dict {
    return this.#valueIn(find(this.#elements, label, ({ element }) => hasMemory(element)));
  }

  #valueIn({ place, block, element }: SeenElement): Dict {
    const content = 'view' in place ? place.view.content : { blocks: place.message.blocks };
    const values = stateValues({ content, typed: this.#hands.typedIn(place) });
    return asDict(asDict(values[asString(block.block_id)])[asString(element.action_id)]);
  }

  /** The words of the dialog that asks before a button does its work; nothing when it does not ask. */
  confirmOf(label: string, options: PressOptions = {}): string | undefined {
    const { confirm } = find(this.#elements, label, isButton, options).element;
    if (confirm === undefined) return undefined;
    return ['title', 'text', 'confirm', 'deny'].map((part) => textOf(asDict(confirm)[part])).join('\n');
  }

  /** Presses a button (and agrees when it asks) or an entry of an overflow menu. A link opens and shows nothing new. */
  async press(label: string, options: PressOptions = {}): Promise<Seen> {
    const entry = this.#elements.find(({ element }) => overflowOption(element, label));
    const isHere = this.#elements.some((one) => isButton(one) && one.names.includes(label));
    const found = entry && !isHere ? entry : find(this.#elements, label, isButton, options);
    const option = overflowOption(found.element, label);
    const { value, text, url } = found.element;
    const sent = option ? { selected_option: option } : { text, ...(value === undefined ? {} : { value }) };
    const isLink = url !== undefined || option?.url !== undefined;
    return this.#actOn(found, sent, { what: `pressed "${label}"`, mayBeNothing: isLink, ms: isLink ? 0 : undefined });
  }

  async #actOn(
    found: SeenElement,
    value: Dict,
    { what, mayBeNothing, ms }: { what: string; mayBeNothing: boolean; ms?: number | undefined },
  ): Promise<Seen> {
    const named = `${this.#hands.actor.user.name} ${what}`;
    const outlook = await this.#hands.actOn(found, value, {
      what: named,
      mayBeNothing,
      ...(ms === undefined ? {} : { ms }),
    });
    return new Seen(
      this.#hands,
      outlook.surfaces.length > 0 ? outlook : { ...this.#outlook, position: outlook.position },
    );
  }

  /** Chooses or types; told to the app at once, except in a modal's inputs, which wait for the submission. */
  async choose(label: string, answer: Answer): Promise<Seen> {
    const found = find(this.#elements, label, ({ element }) => hasMemory(element));
    const value = await this.#put(found, answer);
    const waitsForSubmission = found.block.type === 'input' && found.block.dispatch_action !== true;
    if (waitsForSubmission) return new Seen(this.#hands, this.#outlook);
    const ms = this.#hands.stage.settings.afterCloseMs;
    return this.#actOn(found, value, { what: `chose in "${label}"`, mayBeNothing: true, ms });
  }

  async #put(found: SeenElement, answer: Answer): Promise<Dict> {
    const { element, block, place } = found;
    if (asString(element.type).endsWith('external_select')) await this.#loadFor(found, answer);
    const options = [...optionsOf(element), ...this.#hands.loadedOptions(found), ...initialOptions(element)];
    const value = stateValue(element, answer, options);
    const typed = this.#hands.typedIn(place);
    const blockId = asString(block.block_id);
    typed.set(blockId, { ...typed.get(blockId), [asString(element.action_id)]: value });
    return value;
  }

  async #loadFor(found: SeenElement, answer: Answer): Promise<void> {
    for (const wanted of [answer].flat()) {
      const known = this.#hands.loadedOptions(found).some((one) => textOf(one.text) === wanted || one.value === wanted);
      if (!known) await this.#hands.loadOptions(found, String(wanted));
    }
  }

  /** Types into a menu whose options the app loads. Gives the labels that come up. */
  async typesInto(label: string, text: string): Promise<string[]> {
    const found = find(this.#elements, label, ({ element }) => asString(element.type).endsWith('external_select'));
    const options = await this.#hands.loadOptions(found, text);
    return options.map((option) => textOf(option.text));
  }

  /** Fills in a modal by the labels of its inputs and submits it. With errors it stays open and says so. */
  async submits(answers: Record<string, Answer> = {}): Promise<Seen> {
    const view = this.#modalView();
    for (const [label, answer] of Object.entries(answers)) {
      await this.#put(
        find(this.#elements, label, ({ element }) => hasMemory(element)),
        answer,
      );
    }
    if (view.content.submit === undefined) throw new Error('This modal has no submit button.');
    const complaints = this.#complaints();
    if (Object.keys(complaints).length > 0) return new Seen(this.#hands, this.#outlook, complaints);
    const { outlook, errors } = await this.#hands.submit(view);
    const failed = outlook.surfaces.every(({ kind }) => kind === 'error');
    const surfaces = failed ? [...outlook.surfaces, ...this.#stack()] : outlook.surfaces;
    return new Seen(this.#hands, { ...outlook, surfaces }, this.#byLabel(errors));
  }

  #stack(): Surface[] {
    return this.#hands.stage.world.stackOf(this.#hands.actor.user.id).map((view) => ({ kind: 'modal', view }));
  }

  /** What Slack itself refuses to send. */
  #complaints(): Record<string, string> {
    const complaints: Record<string, string> = {};
    for (const found of this.#elements.filter(({ block }) => block.type === 'input')) {
      const complaint = complaintOf(found.block, this.#valueIn(found));
      if (complaint) complaints[textOf(found.block.label)] = complaint;
    }
    return complaints;
  }

  #byLabel(errors: Record<string, string>): Record<string, string> {
    const entries = Object.entries(errors).map(([blockId, text]) => {
      const found = this.#elements.find(({ block }) => block.block_id === blockId);
      return [textOf(found?.block.label) || blockId, text];
    });
    return Object.fromEntries(entries) as Record<string, string>;
  }

  /** Cancels the modal; `all` presses the X, which closes every one. Gives what is left on screen. */
  async closes({ all = false }: { all?: boolean } = {}): Promise<Seen> {
    await this.#hands.close(this.#modalView(), all);
    return new Seen(this.#hands, { ...this.#outlook, surfaces: this.#stack() });
  }

  /** Waits for what comes after this. @throws Error when nothing does. */
  async next(): Promise<Seen> {
    const outlook = await this.#hands.waitForMore(this.#outlook, `${this.#hands.actor.user.name} saw "${this.text}"`);
    return new Seen(this.#hands, outlook);
  }

  #modalView(): ViewRecord {
    const top = this.surfaces.find((one) => one.kind === 'modal');
    if (top?.kind !== 'modal') throw new Error(`No modal is open. There is: ${this.text || 'nothing'}`);
    return top.view;
  }

  /** The one message there is, with its timestamp, metadata and thread. @throws Error unless exactly one. */
  get message() {
    const messages = this.surfaces.flatMap((one) => (one.kind === 'message' ? [one.message] : []));
    if (messages.length !== 1 || !messages[0])
      throw new Error(`There are ${messages.length} messages. ${list(this.#elements)}`);
    return messages[0];
  }
}

function isButton({ element }: SeenElement): boolean {
  return element.type === 'button';
}

function isMenu({ element }: SeenElement): boolean {
  return hasMemory(element) || element.type === 'overflow';
}

function overflowOption(element: Dict, label: string): Dict | undefined {
  if (element.type !== 'overflow') return undefined;
  return optionsOf(element).find((option) => textOf(option.text) === label);
}

function initialOptions(element: Dict): Dict[] {
  return [...asDicts([element.initial_option]), ...asDicts(element.initial_options)];
}

/** Something already on screen, such as an older message or the Home tab. */
export function seenNow(hands: Hands, surface: Surface, from: Occasion['from'], channelId?: string): Seen {
  const { user, team } = hands.actor;
  const occasion = { userId: user.id, teamId: team.id, from, ...(channelId ? { channelId } : {}) };
  return new Seen(hands, { surfaces: [surface], position: hands.stage.sights.all.length, occasion });
}
