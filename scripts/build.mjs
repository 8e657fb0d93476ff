// `npm run build`: builds into dist/, from dependencies that are installed.
import { build, checkNode } from './prepare.mjs';

checkNode();
await build();
