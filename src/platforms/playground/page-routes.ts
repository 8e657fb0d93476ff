import { type Context, Hono } from 'hono';
import type { AssetName, Assets } from './assets.js';
import type { KeptFiles } from './kept-files.js';

/** The page itself, what it is made of, and the files that stand in messages. */
export function pageRoutes({ assets, files }: { assets: Assets; files: KeptFiles }): Hono {
  const routes = new Hono();

  // Answers are made by the context, as one made by hand would come without the security headers.
  const serve = async (context: Context, name: AssetName): Promise<Response> => {
    const asset = await assets.find(name);
    if (!asset) return context.text('The playground’s page has not been built yet. Run: npm run build', 503);
    const headers = { 'Content-Type': asset.type, ETag: asset.etag, 'Cache-Control': 'no-cache' };
    if (context.req.header('if-none-match') === asset.etag) return context.body(null, 304, headers);
    return context.body(asset.bytes, 200, headers);
  };

  routes.get('/', (context) => serve(context, 'index.html'));

  routes.get('/playground/assets/:name', async (context): Promise<Response> => {
    const name = context.req.param('name');
    if (!assets.isAsset(name)) return context.json({ error: 'There is no such file.' }, 404);
    return serve(context, name);
  });

  routes.get('/playground/files/:id', (context): Response => {
    const file = files.find(context.req.param('id'));
    if (!file) return context.json({ error: 'That file is gone. Run the command again for a fresh one.' }, 404);
    const isPicture = file.type === 'image/png';
    const name = encodeURIComponent(file.name).replace(/['()]/g, escape);
    return context.body(new Uint8Array(file.bytes), 200, {
      'Content-Type': isPicture ? file.type : `${file.type}; charset=utf-8`,
      'Content-Disposition': `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    });
  });

  return routes;
}
