import type { EventChoice, OrgChoice, Problem } from '../domain/errors.js';
import type { EndedInvite } from '../domain/orgs/invite.js';
import { type City, cityNames, cityText } from '../domain/places/city.js';
import { runs } from './actions.js';
import { openAttendance } from './attendance/attendance-actions.js';
import { eventItem as attendedEventItem } from './event-attendance/event-attendance-views.js';
import { whenWords } from './events/event-times.js';
import { showEvent } from './events/events-actions.js';
import { showFeedbackSettings } from './feedback/feedback-actions.js';

import { guestsButton } from './guests/guests-actions.js';
import { countWords } from './numbers.js';
import { askToJoin, showOrg } from './orgs/orgs-actions.js';
import { placeOfAccount } from './profile/account-words.js';
import { short } from './short-text.js';
import { syncProblemWords } from './sources/sync-words.js';
import { bold, commandName, rich, time } from './text.js';
import { type Button, button, buttons, type ListItem, list, message, note, type View } from './views.js';

/** Words for every problem a person can meet: what happened, and what to do next. */
export function errorView(problem: Problem): View {
  return { ...wordsFor(problem), tone: 'careful' };
}

function wordsFor(problem: Problem): View {
  switch (problem.code) {
    case 'orgs.unknown':
      return unknownOrg(problem.asked, problem.nearest);
    case 'orgs.ambiguous':
      return {
        blocks: [
          ...message(rich`Several orgs are called ${bold(short(problem.asked))}. Which one do you mean?`).blocks,
          list(problem.candidates.map(choiceItem)),
        ],
      };
    case 'orgs.none-here':
      return message(
        'You are not an admin of any org here, and this place is not connected to one. If you manage this server or workspace, you can set one up.',
        buttons(button('Set up an org', runs('manage setup')), button('My orgs', runs('orgs mine')), browseButton()),
      );
    case 'orgs.which-one':
      return {
        blocks: [
          ...message('You look after several orgs. Which one do you mean?').blocks,
          list(
            problem.candidates.map((org) => ({
              ...choiceItem(org),
              button: button('Settings', runs('manage show', { org: org.slug })),
            })),
          ),
        ],
      };
    case 'orgs.gone':
      return message('That org is no longer here. It may have closed or been renamed.', buttons(browseButton()));
    case 'events.gone':
      return message(
        'That event is no longer here. Its calendar may have been disconnected.',
        buttons(upcomingButton(), browseButton()),
      );
    case 'events.unknown':
      return unknownEvent(problem.asked, problem.nearest);
    case 'events.ambiguous':
      return {
        blocks: [
          ...message(rich`“${bold(short(problem.asked))}” fits several events. Which one do you mean?`).blocks,
          list(problem.candidates.map(eventItem)),
          buttons(upcomingButton()),
        ],
      };
    case 'events.cancelled':
      return message(
        rich`${bold(short(problem.title))} was cancelled, so there is nothing to answer any more.`,
        buttons(button('Show event', showEvent.with({ event: problem.eventId })), upcomingButton()),
      );
    case 'events.over':
      return message(
        rich`${bold(short(problem.title))} is over, so it takes no answers any more. Here is what comes next:`,
        buttons(upcomingButton()),
      );
    case 'attendance.not-open':
      return message(
        rich`${bold(short(problem.title))} begins ${time(problem.opensAt, 'moment')}, so nobody can say yet whether they came.`,
        buttons(button('Show event', showEvent.with({ event: problem.eventId })), historyButton()),
      );
    case 'attendance.closed':
      return message(
        rich`Answers about ${bold(short(problem.title))} closed ${time(problem.closedAt, 'day')}, so nothing was changed. If something is wrong, an organiser can still put it right.`,
        buttons(historyButton(), upcomingButton()),
      );
    case 'attendance.no-such-event':
      return noSuchEvent(problem.asked, problem.nearest);
    case 'attendance.not-of-yours':
      return notOfYours(problem.asked, problem.latest);
    case 'feedback.full':
      return message(
        'Your form asks as much as it can already. Remove a question to make room.',
        buttons(button('What is asked', showFeedbackSettings.with({ org: problem.org }))),
      );
    case 'feedback.question-gone':
      return message(
        'That question is no longer in your form, so nothing was changed.',
        buttons(button('What is asked', showFeedbackSettings.with({ org: problem.org }))),
      );
    case 'feedback.same-question':
      return message('Your form asks exactly that already.');
    case 'feedback.few-choices':
      return message('A choice needs at least two different things to choose from, one a line.');
    case 'guests.gone':
      return message(
        'That guest is no longer on lu.ma’s list of this event, so nothing was changed.',
        buttons(guestsButton({ id: problem.event })),
      );
    case 'guests.matched':
      return message(
        'Something about this guest has changed meanwhile, so I left them as they are. Please look at the list again.',
        buttons(guestsButton({ id: problem.event })),
      );
    case 'sources.nothing-told':
      return message('Tell me one of the two: the API key, or else the calendar’s id or iCal link.');
    case 'sources.bad-key':
      return message('An API key is one long word without spaces. Copy it whole from lu.ma: Settings → Developer.');
    case 'sources.bad-feed':
      return message(
        'That is no calendar id or iCal link. On the calendar’s page on lu.ma, tap “Add iCal Subscription” and copy the link, or the id that begins with “cal-”.',
      );
    case 'sources.unreadable':
      return message(
        syncProblemWords(problem.problem, problem.access),
        note('Nothing was connected.'),
        buttons(
          button('Try again', runs('manage luma connect', { org: problem.orgSlug }), 'primary'),
          calendarsButton(problem.orgSlug),
        ),
      );
    case 'sources.connected':
      return message(
        rich`${bold(problem.name)} is connected already, so there is nothing to do.`,
        buttons(calendarsButton(problem.orgSlug)),
      );
    case 'sources.offer-gone':
      return message(
        'That was a while ago, so I no longer have the key or link. Nothing was connected; please enter it once more.',
        buttons(button('Connect a calendar', runs('manage luma connect'), 'primary')),
      );
    case 'sources.gone':
      return message(
        'That calendar has been disconnected already.',
        buttons(button('Calendars', runs('manage luma status'))),
      );
    case 'orgs.removed-member':
      return message(
        rich`An organiser of ${bold(problem.orgName)} has taken you off its list, so only they can add you again. If you think that is a mistake, please ask them directly.`,
        buttons(browseButton()),
      );
    case 'orgs.not-member':
      return message(
        rich`You are not in ${bold(problem.orgName)}, so there is nothing to leave.`,
        buttons(button('My orgs', runs('orgs mine')), browseButton()),
      );
    case 'orgs.not-yours':
      return message(
        rich`You are not in ${bold(short(problem.orgName))}, so nothing of it comes to you unasked.`,
        buttons(button('Show org', showOrg.with({ org: problem.orgId })), notifyButton()),
      );
    case 'zones.unknown':
      return unknownZone(problem.asked, problem.nearest);
    case 'orgs.last-admin':
      return message(
        rich`You are the only admin of ${bold(problem.orgName)}, so it would be left without anyone to look after it. Make somebody else an admin first with ${commandName('manage admins add')}, then leave.`,
        buttons(handOverButton(problem.orgSlug), button('My orgs', runs('orgs mine'))),
      );
    case 'admins.nobody':
      return message(
        problem.asked === undefined
          ? rich`They are no longer in ${bold(problem.orgName)}, so nothing was changed.`
          : rich`Nobody in ${bold(problem.orgName)} goes by “${short(problem.asked)}”. They have to be a member first: an invite brings them in.`,
        buttons(button('Invite people', runs('manage invite create', { org: problem.orgSlug })), helpButton()),
      );
    case 'invites.unknown':
      return unknownInvite(problem.triesLeft);
    case 'codes.wait':
      return message(
        rich`Those were several wrong codes in a row, so please wait until ${time(problem.until, 'hour')}. Meanwhile, ask whoever gave you the code for it once more; orgs that are open need none.`,
        buttons(browseButton()),
      );
    case 'invites.ended':
      return endedInvite(problem.why, problem.org);
    case 'requests.gone':
      return message('That request is no longer here: whoever asked has left Rollcall.', buttons(helpButton()));
    case 'requests.wait':
      return message(
        problem.why === 'declined'
          ? rich`The organisers of ${bold(problem.orgName)} said no for the moment. You may ask again from ${time(problem.until, 'day')}, or come in at any time with an invite from them.`
          : rich`You have asked ${bold(problem.orgName)} several times today and taken it back. Please wait until ${time(problem.until, 'moment')} before you ask again.`,
        buttons(button('My orgs', runs('orgs mine')), browseButton()),
      );
    case 'places.unknown':
      return message(unknownPlace(problem.asked, problem.nearest), buttons(helpButton()));
    case 'places.ambiguous':
      return message(severalPlaces(problem.asked, problem.candidates), buttons(helpButton()));
    case 'members.unknown':
      return message('I have nothing stored about that person any more.', buttons(helpButton()));
    case 'profile.name-missing':
      return message('A profile needs a name: at least one letter that can be seen.', buttons(editProfileButton()));
    case 'profile.too-many-skills':
      return message(
        `That is ${problem.count} skills; a profile holds up to ${problem.most}. Keep the ones you would like to be asked about.`,
        buttons(editProfileButton()),
      );
    case 'links.wrong-code':
      return message(
        'That code is not one I gave, or it has been used already. Please check it letter by letter, or ask for a new one with your other account.',
        buttons(linkButton()),
      );
    case 'links.expired-code':
      return message(
        'That code no longer works: it was good for ten minutes. Ask for a new one with your other account.',
        buttons(linkButton()),
      );
    case 'links.own-code':
      return message(
        'That is the code of this very account. Type it with the other one: on the other platform, or in the other Slack workspace.',
        buttons(linkButton()),
      );
    case 'links.already':
      return message(
        'These two accounts are one member already, so there is nothing left to do.',
        buttons(button('My orgs', runs('orgs mine')), button('My profile', runs('profile show'))),
      );
    case 'links.shared-place':
      return message(
        `Both of you have an account on ${placeOfAccount(problem.place)}. Linking joins one person’s accounts on different platforms, or in different Slack workspaces; two accounts in one place stay two members.`,
        buttons(helpButton()),
      );
    case 'orgs.name-missing':
      return message(
        'An org needs a name: at least one letter or digit that can be seen.',
        buttons(button('Try again', runs('manage setup'))),
      );
    case 'spaces.none-here':
      return message(
        'That works in the server or workspace it is about, and not in a direct message. Run it there, in any channel.',
        buttons(helpButton()),
      );
    case 'announce.not-here':
      return message(
        rich`That works in a server or workspace of ${bold(problem.org.name)}, as it is about a channel there. Run it there, or choose from all of them here.`,
        buttons(button('Announcements', runs('manage announce show', { org: problem.org.slug })), helpButton()),
      );
    case 'spaces.connected':
      return message(
        rich`This place belongs to ${bold(problem.org.name)} already, and a place belongs to one org at a time. To change that, an admin of ${problem.org.name} disconnects it first, with ${commandName('manage connect')}.`,
        buttons(settingsButton(problem.org), button('Show org', runs('orgs show', { org: problem.org.slug }))),
      );
    case 'spaces.last-door':
      return message(
        rich`That is the only place of ${bold(problem.org.name)}, and nobody has its admin role, so no one could look after it any more. Make a member an admin first.`,
        buttons(handOverButton(problem.org.slug)),
      );
    case 'spaces.wrong-code':
      return message(
        rich`That code is not one I gave. Please check it letter by letter, or ask an admin of the org for a new one: ${commandName('manage connect')} gives them one.`,
        buttons(helpButton()),
      );
    case 'spaces.ended-code':
      return message(
        rich`That code ${problem.why === 'used' ? 'has been used already' : 'no longer works: it was good for ten minutes'}. Ask an admin of the org for a new one: ${commandName('manage connect')} gives them one.`,
        buttons(helpButton()),
      );
    case 'admins.last':
      return message(
        rich`${bold(problem.memberName)} is the only admin of ${bold(problem.org.name)}, so it would be left without anyone to look after it. Make somebody else an admin first.`,
        buttons(handOverButton(problem.org.slug)),
      );
    case 'rights.space-manager':
      return message(
        'Only people who manage this server or workspace can do that: on Discord with the Manage Server permission, on Slack as a workspace admin or owner. Ask one of them to do it.',
        buttons(helpButton()),
      );
    case 'rights.org-admin':
      return message(
        rich`Only admins of ${bold(problem.orgName)} can do that, and people who manage its server or workspace. Ask one of them to do it, or to make you an admin.`,
        buttons(helpButton()),
      );
  }
}

function unknownInvite(triesLeft: number | undefined): View {
  const few = triesLeft !== undefined && triesLeft <= 3;
  const left =
    triesLeft === 0
      ? 'You can try again in an hour.'
      : `${countWords(triesLeft ?? 0, 'try', 'tries')} left in this hour.`;
  return message(
    `I don’t know that invite code. Please check it letter by letter: codes have no 0, O, 1, I, L, and no vowels.${few ? ` ${left}` : ''}`,
    buttons(browseButton()),
  );
}

function endedInvite(why: EndedInvite, { id, name }: OrgChoice): View {
  const words = {
    expired: 'has expired',
    revoked: 'was taken back by its organisers',
    'used-up': 'has let in all it could',
  }[why];
  return message(
    rich`That invite to ${bold(name)} ${words}. Ask for a new one, or join without:`,
    buttons(button('Join', askToJoin.with({ org: id }), 'primary'), button('Show org', showOrg.with({ org: id }))),
  );
}

function unknownOrg(asked: string, nearest: OrgChoice[]): View {
  const said = rich`I don't know an org called ${bold(short(asked))}.`;
  if (nearest.length === 0) return message([...said, ' Have a look at the directory:'], buttons(browseButton()));
  return {
    blocks: [
      ...message([...said, nearest.length === 1 ? ' Did you mean this one?' : ' Did you mean one of these?']).blocks,
      list(nearest.map(choiceItem)),
      buttons(browseButton()),
    ],
  };
}

function unknownEvent(asked: string, nearest: EventChoice[]): View {
  const said = rich`I don’t know an event called “${bold(short(asked))}”.`;
  if (nearest.length === 0) {
    return message(
      [...said, ' A word of its title is enough. See what is on:'],
      buttons(upcomingButton(), pastButton()),
    );
  }
  return {
    blocks: [
      ...message([...said, nearest.length === 1 ? ' Did you mean this one?' : ' Did you mean one of these?']).blocks,
      list(nearest.map(eventItem)),
      buttons(upcomingButton(), pastButton()),
    ],
  };
}

function notOfYours(asked: string, latest: EventChoice[]): View {
  const said = rich`None of your events that have begun is called “${bold(short(asked))}”.`;
  if (latest.length === 0) return message(said, buttons(pastButton()));
  return message([...said, ' The latest are these:'], list(latest.map(attendedEventItem)));
}

function noSuchEvent(asked: string, nearest: EventChoice[]): View {
  const said = rich`I don’t know an event of the past 14 days called “${bold(short(asked))}”.`;
  return {
    blocks: [
      ...message(nearest.length === 0 ? said : [...said, ' There were these:']).blocks,
      ...(nearest.length === 0
        ? []
        : [
            list(
              nearest.map((event) => ({
                ...eventItem(event),
                button: button('Answer', openAttendance.with({ event: event.id })),
              })),
            ),
          ]),
      buttons(historyButton(), pastButton()),
    ],
  };
}

function eventItem(event: EventChoice): ListItem {
  return {
    title: event.title,
    lines: [rich`${whenWords(event)} · ${event.orgName}`],
    button: button('Show', showEvent.with({ event: event.id })),
  };
}

const upcomingButton = (): Button => button('Upcoming events', runs('events upcoming'));
const historyButton = (): Button => button('My attendance', runs('attendance history'));
const pastButton = (): Button => button('Past events', runs('events past'));

function unknownPlace(asked: string, nearest: City[]): string {
  const said = `I don’t know a place called “${short(asked)}”.`;
  if (nearest.length === 0) return `${said} A larger city near by will do, too.`;
  return `${said} Did you mean ${orWords(cityNames(nearest))}?`;
}

function severalPlaces(asked: string, candidates: City[]): string {
  const [first] = candidates;
  const example = first ? ` Say which one, such as “${cityText(first)}”.` : '';
  return `“${short(asked)}” could be ${orWords(cityNames(candidates))}.${example}`;
}

/** "Lisbon, Portugal; Porto, Portugal; or Faro, Portugal": names with commas in them need stronger marks between. */
function orWords(names: string[]): string {
  return names.length <= 2 ? names.join(' or ') : `${names.slice(0, -1).join('; ')}; or ${names.at(-1)}`;
}

function choiceItem(org: OrgChoice) {
  return { title: org.name, lines: [org.place], button: button('Show', runs('orgs show', { org: org.slug })) };
}

const browseButton = (): Button => button('Browse orgs', runs('orgs browse'));
const settingsButton = ({ slug }: OrgChoice): Button => button('Settings', runs('manage show', { org: slug }));
const handOverButton = (org: string): Button =>
  button('Make somebody an admin', runs('manage admins add', { org }), 'primary');
const calendarsButton = (org: string): Button => button('Calendars', runs('manage luma status', { org }));
const notifyButton = () => button('My notifications', runs('notify show'));

/** Says that it is no zone, and offers the near ones to tap. */
function unknownZone(asked: string, nearest: readonly string[]): View {
  const said = rich`I don’t know a time zone called “${short(asked)}”. Write it as ${bold('Europe/Lisbon')}, or name a larger city near you.`;
  const zones = nearest.map((zone) => button(zone.replaceAll('_', ' '), runs('notify timezone', { zone })));
  return message(
    nearest.length > 0 ? [...said, ' Did you mean one of these?'] : said,
    buttons(...zones, notifyButton()),
  );
}

const helpButton = (): Button => button('Help', runs('help'));
const linkButton = (): Button => button('Get a code', runs('profile link'));
const editProfileButton = (): Button => button('Edit profile', runs('profile edit'));

/** For everything that is our mistake or the network's: one sentence, and a reference that the log has too. */
export function sorryView(reference: string): View {
  return {
    tone: 'bad',
    ...message(
      rich`Sorry, that went wrong on my side and nothing was changed. Please try again in a moment; if it stays like this, tell your organiser the reference ${bold(reference)}.`,
      buttons(helpButton()),
    ),
  };
}

/** For taps that cannot be read: older versions, other bots, forms that have gone. */
export function outdatedView(): View {
  return {
    tone: 'careful',
    ...message(
      'That button is from an earlier version of me, so I can’t tell for sure what it meant, and I did nothing. Here is a fresh start:',
      buttons(button('My orgs', runs('orgs mine')), browseButton(), helpButton()),
    ),
  };
}
