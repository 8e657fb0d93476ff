import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Where } from '../wire.js';

/** Who one acts as, and which conversation is open; it stands in the address, so that reloading keeps it. */
export interface Location {
  as: string | undefined;
  where: Where | undefined;
}

export function useLocation(): [Location, (to: Location) => void] {
  const [location, setLocation] = useState(readLocation);
  useEffect(() => {
    const read = () => setLocation(readLocation());
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  const go = useCallback((to: Location) => {
    const hash = `#/${[to.as, to.where].filter((part) => part !== undefined).join('/')}`;
    if (hash !== window.location.hash) window.location.hash = hash;
  }, []);
  return [location, go];
}

function readLocation(): Location {
  const [as, ...where] = window.location.hash.replace(/^#\/?/, '').split('/').filter(Boolean);
  return { as, where: where.length > 0 ? where.join('/') : undefined };
}
