/** Whether a text may be JSON: kubectl looks for `{` as well, and takes all else for YAML. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}
