import { Duration } from 'cdk8s';
import { Probe } from 'cdk8s-plus-28';
import * as types from '../kube/props';

/** How Kubernetes learns that a container is well. */
export interface ProbeProps {
  /**
   * HTTP path that answers 2xx or 3xx while the app is well, such as `/healthz`.
   *
   * @default - the probes open a TCP connection to the port
   */
  readonly healthPath?: string;

  /**
   * When a pod gets traffic.
   *
   * @default - the health path or the port, every 10 s, 3 failures
   */
  readonly readiness?: Probe;

  /**
   * When a container is restarted.
   *
   * @default - the health path or the port, every 10 s, 6 failures: a minute, so that a hiccup of
   * the file server does not restart all replicas
   */
  readonly liveness?: Probe;

  /**
   * How long a container may take to start, before the others begin.
   *
   * @default - the health path or the port, every 5 s, 30 failures: two and a half minutes
   */
  readonly startup?: Probe;
}

const PROBE: types.PropType = {
  expected: 'a cdk8s-plus Probe',
  accepts: (value) => types.isObject(value) && '_toKube' in value,
};

/** The types of these props. */
export const PROBE_PROPS: types.PropTypes<ProbeProps> = {
  healthPath: types.optional({
    expected: "an HTTP path that starts with '/'",
    accepts: (value) => typeof value === 'string' && /^\/\S*$/.test(value),
  }),
  readiness: types.optional(PROBE),
  liveness: types.optional(PROBE),
  startup: types.optional(PROBE),
};

/** The three probes of a container that listens on a port. */
export function probesOf(
  { healthPath, readiness, liveness, startup }: ProbeProps,
  port: number,
): { readonly readiness: Probe; readonly liveness: Probe; readonly startup: Probe } {
  const every = (seconds: number, failureThreshold: number): Probe => {
    const options = { port, periodSeconds: Duration.seconds(seconds), failureThreshold };
    return healthPath === undefined
      ? Probe.fromTcpSocket(options)
      : Probe.fromHttpGet(healthPath, options);
  };
  return {
    readiness: readiness ?? every(10, 3),
    liveness: liveness ?? every(10, 6),
    startup: startup ?? every(5, 30),
  };
}
