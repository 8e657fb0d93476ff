import type { World } from './world.js';

/** Slack escapes exactly these three in everything people type. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * What a person typed as it arrives: mentions of people and channels that exist become ids, links get brackets.
 *
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands (`should_escape`)
 */
export function asSent(world: World, teamId: string, typed: string): string {
  return escapeMarkup(typed)
    .replace(/https?:\/\/[^\s]+/g, (url) => `<${url}>`)
    .replace(/(^|[\s(,])@([\w.-]*\w)/g, (whole, before: string, name: string) => {
      const user = world.findUserByName(teamId, name);
      return user ? `${before}<@${user.id}|${user.name}>` : whole;
    })
    .replace(/(^|[\s(,])#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = world.findChannelByName(teamId, name);
      return channel ? `${before}<#${channel.id}|${channel.name}>` : whole;
    });
}
