import { EVENT_ID, type Event, YAMLException } from 'js-yaml';
import { DEEPEST, MOST_FROM_ALIASES } from './limits';

/** A value as far as it is read: how many values are in it, and how deep they lie. */
interface Extent {
  nodes: number;
  depth: number;
  closed: boolean;
}

/**
 * Refuses documents whose aliases contain themselves or unfold to more than they may.
 *
 * js-yaml shares what an alias stands for, so reading them is cheap; what walks the objects sees
 * each alias in full. A dozen lines that alias each other unfold to billions of values.
 *
 * @throws YAMLException at the alias
 */
export function checkAliases(events: readonly Event[], source: string): void {
  let anchors = new Map<string, Extent>();
  let open: Extent[] = [];
  let unfolded = 0;
  const put = ({ nodes, depth }: Extent): void => {
    const parent = open.at(-1);
    if (parent !== undefined) {
      parent.nodes += nodes;
      parent.depth = Math.max(parent.depth, depth + 1);
    }
  };
  const name = (event: Named, extent: Extent): Extent => {
    if (event.anchorStart >= 0) {
      anchors.set(nameOf(event, source), extent);
    }
    return extent;
  };
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        anchors = new Map();
        open = [{ nodes: 0, depth: 0, closed: false }];
        unfolded = 0;
        break;
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        open.push(name(event, { nodes: 1, depth: 1, closed: false }));
        break;
      case EVENT_ID.SCALAR:
        put(name(event, { nodes: 1, depth: 1, closed: true }));
        break;
      case EVENT_ID.POP: {
        const extent = open.pop();
        if (extent !== undefined) {
          extent.closed = true;
          put(extent);
        }
        break;
      }
      case EVENT_ID.ALIAS: {
        const extent = anchors.get(nameOf(event, source));
        if (extent === undefined) {
          break; // js-yaml says so when it makes the values
        }
        unfolded += extent.nodes;
        const problem = problemOf(extent, unfolded, open.length - 1);
        if (problem !== undefined) {
          const message = `anchor '${nameOf(event, source)}' ${problem}`;
          YAMLException.throwAt(source, event.anchorStart - 1, message);
        }
        put(extent);
        break;
      }
    }
  }
}

interface Named {
  readonly anchorStart: number;
  readonly anchorEnd: number;
}

function nameOf({ anchorStart, anchorEnd }: Named, source: string): string {
  return source.slice(anchorStart, anchorEnd);
}

function problemOf(extent: Extent, unfolded: number, depth: number): string | undefined {
  if (!extent.closed) {
    return 'contains itself';
  }
  if (unfolded > MOST_FROM_ALIASES) {
    return `and those before it unfold to more than ${MOST_FROM_ALIASES} values`;
  }
  return depth + extent.depth > DEEPEST ? `unfolds to more than ${DEEPEST} levels` : undefined;
}
