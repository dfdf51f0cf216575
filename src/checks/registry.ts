import type { Rule } from './rule';
import { inputUnreadable } from './rules/input-unreadable';
import { legacyClassAnnotation } from './rules/legacy-class-annotation';

/** All rules, by id. */
export const RULES: readonly Rule[] = [inputUnreadable, legacyClassAnnotation];
