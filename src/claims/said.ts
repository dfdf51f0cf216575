/**
 * Props in which a mode other than the default is written out.
 *
 * Without it, TypeScript infers a mode that was left out from where the claim goes, and a claim of
 * the default mode passes for one of the wanted mode.
 */
export type Said<Mode, Default extends string, Prop extends string> = [Default] extends [Mode]
  ? unknown
  : { readonly [P in Prop]: NoInfer<Mode> };
