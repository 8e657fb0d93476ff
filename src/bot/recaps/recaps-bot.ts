import type { FeedbackSettingsService } from '../../domain/attendance/feedback-settings-service.js';
import { AboutRecap, RECAP } from '../../domain/attendance/recaps.js';
import type { RecapsService } from '../../domain/attendance/recaps-service.js';
import { onAction } from '../actions.js';
import { rightsOf } from '../actor.js';
import { onUnasked } from '../deliveries.js';
import { switchRecapsThere } from '../feedback/feedback-actions.js';
import type { BotModule } from '../registry.js';
import { replace } from '../reply.js';
import { recapsSwitchedView, recapView } from './recap-view.js';

/** What an org's admins hear the morning after its events. */
export function recapsBot({
  recaps,
  feedbackSettings,
}: {
  recaps: RecapsService;
  feedbackSettings: FeedbackSettingsService;
}): BotModule {
  return {
    actions: [
      onAction(switchRecapsThere, async (actor, { org, isOn }) =>
        replace(recapsSwitchedView(await feedbackSettings.change(org, { sendsRecaps: isOn }, rightsOf(actor)))),
      ),
    ],
    messages: [
      onUnasked(RECAP, AboutRecap, {
        async view({ memberId }, about) {
          const recap = await recaps.find(about, memberId);
          return recap && recapView(recap);
        },
      }),
    ],
  };
}
