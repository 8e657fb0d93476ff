import { slackManifest } from '../platforms/slack/manifest.js';
import { configuration } from './environment.js';
import { registryAlone } from './registry-alone.js';

/** Prints the Slack app's manifest as JSON. It needs no token: the manifest comes before the app. */
export function printSlackManifest(): void {
  const commandPrefix = configuration().slackCommandPrefix;
  console.log(JSON.stringify(slackManifest(registryAlone(), { commandPrefix, socketMode: true }), undefined, 2));
}
