import type { WorkloadAnswer } from './plan';

/** What the scheduler makes of a workload, and its reasons. */
export interface ScheduleAnswer {
  readonly runs: WorkloadAnswer;
  readonly rollsOut: WorkloadAnswer;

  /**
   * Why an answer is not yes; told when it is asked for, because it counts all nodes.
   *
   * @default - both answers are yes
   */
  readonly why?: () => string;
}

/** What is said where both answers are yes. */
export const FINE: ScheduleAnswer = { runs: 'yes', rollsOut: 'yes' };

/** What is said where no change helps: what does not run does not roll out. */
export function never(why: () => string): ScheduleAnswer {
  return { runs: 'no', rollsOut: 'no', why };
}

/** What is said where the input does not tell. */
export function unknown(message: string): ScheduleAnswer {
  return { runs: 'unknown', rollsOut: 'unknown', why: () => message };
}

/** What holds where any of the cases can come about. */
export function anyOf(cases: readonly ScheduleAnswer[]): ScheduleAnswer {
  const why = cases.find((each) => each.why !== undefined)?.why;
  return {
    runs: join(cases.map(({ runs }) => runs)),
    rollsOut: join(cases.map(({ rollsOut }) => rollsOut)),
    ...(why === undefined ? {} : { why }),
  };
}

/** What holds where one of two cases comes about and the input does not tell which. */
export function oneOf(a: ScheduleAnswer, b: ScheduleAnswer): ScheduleAnswer {
  const same = (x: WorkloadAnswer, y: WorkloadAnswer) => (x === y ? x : 'unknown');
  return { ...anyOf([a, b]), runs: same(a.runs, b.runs), rollsOut: same(a.rollsOut, b.rollsOut) };
}

/** The answer where all of the conditions have to hold. */
export function allOf(answers: readonly WorkloadAnswer[]): WorkloadAnswer {
  const worst: readonly WorkloadAnswer[] = ['no', 'unknown', 'depends'];
  return worst.find((each) => answers.includes(each)) ?? 'yes';
}

function join(answers: readonly WorkloadAnswer[]): WorkloadAnswer {
  const known = new Set(answers);
  if (known.has('depends') || (known.has('yes') && known.has('no'))) {
    return 'depends';
  }
  return known.has('unknown') ? 'unknown' : known.has('no') ? 'no' : 'yes';
}
