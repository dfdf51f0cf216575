import type { Rule } from './rule';
import { argocdWaveWffcDeadlock } from './rules/argocd-wave-wffc-deadlock';
import { inputUnreadable } from './rules/input-unreadable';
import { legacyClassAnnotation } from './rules/legacy-class-annotation';
import { localImmediateBinding } from './rules/local-immediate-binding';
import { rwoMultiReplica } from './rules/rwo-multi-replica';
import { rwoRolloutDeadlock } from './rules/rwo-rollout-deadlock';
import { rwopMultiConsumer } from './rules/rwop-multi-consumer';
import { wffcNeverConsumed } from './rules/wffc-never-consumed';
import { wffcNodename } from './rules/wffc-nodename';
import { wffcTopologyEmpty } from './rules/wffc-topology-empty';

/** All rules, by id. */
export const RULES: readonly Rule[] = [
  argocdWaveWffcDeadlock,
  inputUnreadable,
  legacyClassAnnotation,
  localImmediateBinding,
  rwoMultiReplica,
  rwoRolloutDeadlock,
  rwopMultiConsumer,
  wffcNeverConsumed,
  wffcNodename,
  wffcTopologyEmpty,
];
