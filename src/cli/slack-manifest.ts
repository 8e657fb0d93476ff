import { StartProblem } from '../platforms/platform.js';
import { slackManifest } from '../platforms/slack/manifest.js';
import { PATHS } from '../platforms/slack/paths.js';
import { configuration } from './environment.js';
import { registryAlone } from './registry-alone.js';

/**
 * Prints the Slack app's manifest as JSON, for the way of connecting that the environment names. It needs no token: the
 * manifest comes before the app, and without any it is the one for Socket Mode in one workspace.
 */
export function printSlackManifest(): void {
  const { slack, slackCommandPrefix: commandPrefix, publicUrl } = configuration();
  const isInstalledByMany = slack?.workspaces.kind === 'many';
  if (isInstalledByMany && !publicUrl) {
    throw new StartProblem(
      'PUBLIC_URL is not set, and Slack must know where to send people. Set it, such as https://rollcall.example.org',
    );
  }
  const manifest = slackManifest(registryAlone(), {
    commandPrefix,
    eventsUrl: slack?.transport.kind === 'requests' ? `${publicUrl}${PATHS.events}` : undefined,
    redirectUrl: isInstalledByMany ? `${publicUrl}${PATHS.redirect}` : undefined,
  });
  console.log(JSON.stringify(manifest, undefined, 2));
}
