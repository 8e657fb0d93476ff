import { z } from 'zod';
import { IdentityId } from '../../domain/ids.js';
import type { LinkCode, MemberLink } from '../../domain/members/link.js';
import { type LinkPreview, type Party, PREFERENCES } from '../../domain/members/links-service.js';
import type { Profile } from '../../domain/members/member.js';
import type { LeftOut } from '../../domain/members/merge-members.js';
import { defineAction, runs } from '../actions.js';
import { bold, code, commandName, joined, rich, time } from '../text.js';
import { type Block, button, buttons, fields, message, note, paragraph, type View } from '../views.js';
import { placeOfAccount } from './account-words.js';
import { CAREER_STAGE_LABELS } from './profile-views.js';

const Choice = z.object({ code: z.string().max(40), there: IdentityId, prefer: z.enum(PREFERENCES) });

/** Shows the card with the other side's words preferred. */
export const preferLink = defineAction('link.prefer', Choice);
export const confirmLink = defineAction('link.confirm', Choice);
export const cancelLink = defineAction('link.cancel', z.object({}), 'anyone');
/** Takes the member's own code back. */
export const withdrawCode = defineAction('link.withdraw', z.object({}));

/** The code, and what to do with it. */
export function linkCodeView({ code: text, expiresAt }: { code: string; expiresAt: LinkCode['expiresAt'] }): View {
  return {
    title: 'Link another account',
    blocks: [
      paragraph('Do you use Rollcall on another platform or in another Slack workspace too? Be one member in both:'),
      paragraph(rich`Run ${commandName('profile link')} there with ${code(`code:${text}`)}`),
      paragraph(rich`It works once, and until ${time(expiresAt, 'hour')} (${time(expiresAt, 'relative')}).`),
      buttons(button('New code', runs('profile link')), button('Withdraw it', withdrawCode.with({}))),
      note('Show it to nobody: whoever types it asks to become one member with you, with all your rights.'),
    ],
  };
}

/** Both accounts and what would become of them, before anything is done. */
export function linkCard(preview: LinkPreview, text: string): View {
  const { here, there, merged, prefer, orgCount, leftOut, expiresAt } = preview;
  const payload = { code: text, there: there.identity.id, prefer };
  const other = prefer === 'here' ? 'there' : 'here';
  return {
    title: 'Make these one member?',
    tone: 'careful',
    blocks: [
      fields(
        { label: 'This account', value: partyWords(here) },
        { label: 'The other account', value: partyWords(there) },
      ),
      paragraph('Go on only if both are yours: each gets everything the other has, admin rights included.'),
      fields(...profileFields(merged.profile), { label: 'Orgs', value: String(orgCount) }),
      ...leftOutBlocks(leftOut),
      note(
        'All orgs, answers and settings are kept. Where privacy choices differ, the stricter holds, and “stop” on either side stays.',
      ),
      buttons(
        button('Confirm', confirmLink.with(payload), 'primary'),
        ...(leftOut.length > 0
          ? [
              button(
                `Prefer ${other === 'here' ? 'this' : 'the other'} profile`,
                preferLink.with({ ...payload, prefer: other }),
              ),
            ]
          : []),
        button('Cancel', cancelLink.with({})),
      ),
      note(rich`The code works until ${time(expiresAt, 'hour')}.`),
    ],
  };
}

/** After it was done, for the side that confirmed. */
export function linkedView({ asked }: MemberLink): View {
  return {
    title: 'You’re one member now',
    tone: 'good',
    blocks: [
      paragraph(
        rich`This account and the one of ${bold(asked.name)} are linked: same orgs, same settings, everywhere.`,
      ),
      nextButtons(),
      note('If that was a mistake, whoever runs Rollcall here can undo it.'),
    ],
  };
}

export function withdrawnView(): View {
  return message(
    'That code no longer works, and nothing was linked.',
    buttons(button('New code', runs('profile link'))),
  );
}

export function notLinkedView(): View {
  return message('Nothing was linked.', buttons(button('My profile', runs('profile show'))));
}

function partyWords({ member, identity }: Party) {
  return rich`${bold(member.profile.name)} · ${placeOfAccount(identity.account)}`;
}

function profileFields({ name, headline, careerStage, skills, lookingFor }: Profile) {
  const told = [
    { label: 'Name', value: name },
    { label: 'Headline', value: headline },
    { label: 'Career stage', value: careerStage ? CAREER_STAGE_LABELS[careerStage] : '' },
    { label: 'Skills', value: skills.join(', ') },
    { label: 'Looking for', value: lookingFor },
  ];
  return told.filter(({ value }) => value !== '');
}

/** What each field of a profile is called in "… would go". */
const FIELD_WORDS: Readonly<Record<keyof Profile, string>> = {
  name: 'name',
  headline: 'headline',
  careerStage: 'career stage',
  skills: 'skills',
  lookingFor: 'what you look for',
};

function leftOutBlocks(leftOut: readonly LeftOut[]): Block[] {
  if (leftOut.length === 0) return [];
  const lines = leftOut.map(({ field, text }) => rich`${FIELD_WORDS[field]} “${wordsOf(field, text)}”`);
  return [paragraph(rich`You told something else on the other side, which would go: ${joined(lines)}.`)];
}

function wordsOf(field: keyof Profile, text: string): string {
  const stage = Object.entries(CAREER_STAGE_LABELS).find(([value]) => field === 'careerStage' && value === text);
  return stage ? stage[1] : text;
}

/** What one does next as a member with another account. */
export function nextButtons(): Block {
  return buttons(button('My orgs', runs('orgs mine'), 'primary'), button('My profile', runs('profile show')));
}
