/**
 * Works something out when it is first asked of an object, and keeps it as long as the object lives.
 *
 * What is read of the object must not change any more.
 */
export function oncePer<K extends object, V>(workOut: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined && !known.has(key)) {
      value = workOut(key);
      known.set(key, value);
    }
    return value as V;
  };
}
