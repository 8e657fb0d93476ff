import { useEffect, useState } from 'preact/hooks';
import type { WireCatalogue } from '../wire.js';
import { api, wordsOf } from './api.js';
import { ChatScreen } from './chat-screen.js';
import { BotAvatar } from './parts/avatar.js';
import { useLocation } from './use-location.js';

/** The page: what the product can do is read once, then the chat opens as the person in the address, or the first. */
export function App() {
  const [catalogue, setCatalogue] = useState<WireCatalogue>();
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const [location, go] = useLocation();

  // each attempt reads anew
  useEffect(() => {
    setProblem(undefined);
    api.catalogue().then(setCatalogue, (error: unknown) => setProblem(wordsOf(error)));
  }, [attempt]);

  const [first] = catalogue?.personas ?? [];
  if (!catalogue || !first) {
    return <Opening problem={problem} retry={() => setAttempt(attempt + 1)} />;
  }
  const as = catalogue.personas.find(({ key }) => key === location.as) ?? first;
  return <ChatScreen key={as.key} as={as.key} where={location.where} catalogue={catalogue} go={go} />;
}

export function Opening({ problem, retry }: { problem: string | undefined; retry: () => void }) {
  return (
    <main class="opening">
      <BotAvatar size="large" />
      {problem ? (
        <>
          <p role="alert">{problem}</p>
          <button type="button" class="button primary" onClick={retry}>
            Try again
          </button>
        </>
      ) : (
        <p>Opening the playground…</p>
      )}
    </main>
  );
}
