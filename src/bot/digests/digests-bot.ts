import type { ChoicesService } from '../../domain/notifications/choices-service.js';
import { AboutDigest, AboutNewEvents, DIGEST, NEW_EVENTS } from '../../domain/notifications/digest.js';
import type { NewsService } from '../../domain/notifications/news-service.js';
import { onAction } from '../actions.js';
import { onUnasked } from '../deliveries.js';
import { timeReaderOf } from '../events/event-times.js';
import type { BotModule } from '../registry.js';
import { replace, show } from '../reply.js';
import { resumeDigests, stopDigests } from './digest-actions.js';
import { digestsResumedView, digestsStoppedView, newsView } from './digest-views.js';

/** Digests and messages about new events: their words, and the buttons that end them. */
export function digestsBot({
  news,
  choices,
}: {
  news: NewsService;
  choices: Pick<ChoicesService, 'setFrequency'>;
}): BotModule {
  return {
    messages: [
      onUnasked(DIGEST, AboutDigest, {
        async view(recipient, about, occasion) {
          const found = await news.forDigest(recipient.memberId, about, occasion);
          return found && newsView(found, about.rhythm, timeReaderOf(recipient));
        },
        settled: (all, _about, { state }, _to, occasion) => news.settle(all, occasion, state),
      }),
      onUnasked(NEW_EVENTS, AboutNewEvents, {
        async view(recipient, _about, occasion) {
          const found = await news.forNewEvents(recipient.memberId, occasion);
          return found && newsView(found, 'all', timeReaderOf(recipient));
        },
        settled: (all, _about, { state }, _to, occasion) => news.settle(all, occasion, state),
      }),
    ],
    actions: [
      onAction(stopDigests, async ({ memberId }) => {
        const { before } = await choices.setFrequency(memberId, 'none');
        return show(digestsStoppedView(before.choices.frequency));
      }),
      onAction(resumeDigests, async ({ memberId }, { frequency }) => {
        await choices.setFrequency(memberId, frequency);
        return replace(digestsResumedView(frequency));
      }),
    ],
  };
}
