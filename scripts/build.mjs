// `npm run build`: installs what is missing and builds into dist/.
import { build, checkNode, install } from './prepare.mjs';

checkNode();
install();
await build();
