// Removes what the compiler wrote, so that no file of a deleted source is packed.
import { rmSync } from 'node:fs';

rmSync(new URL('../lib', import.meta.url), { recursive: true, force: true });
