/**
 * What each of the two pods of a ShareCheck runs, in the shell of busybox or any other of POSIX.
 *
 * It is the same for both. A pod writes a token of its own, writes down as an echo the token that it
 * reads of the other, and waits until the other's echo is its own token: then a file has crossed
 * from here to there, and one from there to here. What is there counts, not what happens, so that a
 * pod which is started again takes over where its predecessor stopped.
 *
 * The pod that finishes last sees that the other is done, and removes the folder. It looks once,
 * after it has said that it is done itself: of two that finish at a time one sees the other. A pod
 * that fails removes what it wrote, and so does one that is stopped; but where the other may count on
 * what it wrote already, as when a node is drained in between, that is left to its successor.
 *
 * From the environment: JOB_COMPLETION_INDEX is 0 or 1, RUN is the same for both pods and for no
 * other run, NODE is where the pod is, SHARE the folder that is shared, OWNER the UID and GID that
 * files should have, DEADLINE how many seconds it waits for the other, MOUNTS the list of mounts.
 *
 * Kubernetes reads `$(NAME)` and a doubled `$` in a command itself (third_party/forked/golang/
 * expansion): there is none of them here, but for `$(…)` of what is no variable, which it leaves.
 */
export const SHARE_CHECK_SCRIPT = `set -u
me=$JOB_COMPLETION_INDEX
other=$((1 - me))
folder=$SHARE/.share-check-$RUN
passed=
stopped=
theirs=

say() {
  echo "pod $me on $NODE: $1"
}

fail() {
  say "$1" >&2
  exit 1
}

clean() {
  if [ -z "$passed" ]; then
    [ -z "$stopped" ] || [ -z "$theirs" ] || return
    rm -f "$folder/"*"-$me" "$folder/".*"-$me" 2>/dev/null
  fi
  if [ ! -e "$folder/done-$other" ]; then
    rmdir "$folder" 2>/dev/null
    return
  fi
  for attempt in 1 2 3; do
    rm -rf "$folder" 2>/dev/null
    [ -e "$folder" ] || return
  done
  say "left behind: $folder cannot be removed" >&2
}

put() {
  for attempt in 1 2 3; do
    # The other may remove the folder, when it fails, just after it was made here.
    why=$({
      mkdir -p "$folder" && echo "$2" > "$folder/.$1" && mv -f "$folder/.$1" "$folder/$1"
    } 2>&1) && return
  done
  say "$why" >&2
  fail "not writable: $OWNER cannot write to $SHARE; the volume is read-only, or the folder belongs to another"
}

[ -n "$RUN" ] || fail "no run: the pod has no label batch.kubernetes.io/controller-uid, which Kubernetes 1.27 and later write"

mount=
while read -r device path type rest; do
  [ "$path" != "$SHARE" ] || mount="$type $device"
done < "\${MOUNTS:-/proc/mounts}"
[ -n "$mount" ] || fail "not mounted: nothing is mounted at $SHARE"
say "mounted: $mount"

trap clean EXIT
trap 'stopped=yes; exit 143' INT TERM

if [ -e "$folder/done-$me" ]; then
  passed=yes
  say "passed before"
  exit 0
fi

token=$(cat "$folder/token-$me" 2>/dev/null)
if [ -z "$token" ]; then
  read -r token < /proc/sys/kernel/random/uuid
  token="$token $NODE"
  # Shown to the other only once it belongs to whom it should.
  put "mine-$me" "$token"
  set -- $(ls -ln "$folder/mine-$me")
  groups=" \${OWNER#*:} $(id -G) "
  [ "$3" = "\${OWNER%:*}" ] && [ "$groups" != "\${groups#* $4 }" ] ||
    fail "wrong owner: what $OWNER writes belongs to $3:$4; run as $3:$4, or change whom the server takes it for"
  say "written as $3:$4"
  mv -f "$folder/mine-$me" "$folder/token-$me"
fi

end=$(($(date +%s) + DEADLINE))
while :; do
  # Read before the token: another pod in the other's place writes its token first.
  heard=$(cat "$folder/echo-$other" 2>/dev/null)
  found=$(cat "$folder/token-$other" 2>/dev/null)
  if [ -n "$found" ] && [ "$found" != "$theirs" ]; then
    theirs=$found
    put "echo-$me" "$theirs"
    say "read what pod $other wrote on \${theirs#* }"
  fi
  [ -z "$theirs" ] || [ "$heard" != "$token" ] || break
  if [ "$(date +%s)" -ge "$end" ]; then
    [ -n "$theirs" ] || fail "not visible: nothing came from pod $other in $DEADLINE seconds; it does not run, which takes a second node, or its log says why, or its node has other storage at $SHARE"
    fail "not visible: pod $other on \${theirs#* } did not read in $DEADLINE seconds what this one wrote"
  fi
  sleep 1
done

trap '' INT TERM
put "done-$me" yes
passed=yes
say "passed: files cross to \${theirs#* } and back"
`;
