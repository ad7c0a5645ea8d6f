#!/bin/bash
# Those of its hook directory, at every moment, with the container's state.
. "$(dirname "$0")/../lib.sh"
mkdir "$WORK/hooks"
cat >"$WORK/hook" <<'END'
#!/bin/sh
echo "$1 $(jq -r '.status + " " + (.pid > 0 | tostring)')" >>"${0%/*}/said"
END
chmod +x "$WORK/hook"
for stage in createRuntime createContainer prestart poststart poststop; do
  jq -n --arg path "$WORK/hook" --arg stage "$stage" '{version: "1.0.0", hook: {path: $path, args: ["hook", $stage], env: ["PATH=/usr/bin:/bin"]}, when: {always: true}, stages: [$stage]}' >"$WORK/hooks/$stage.json"
done
says hello podman --hooks-dir "$WORK/hooks" run --rm "$IMAGE" echo hello
equal 'stages' "$(cut -d' ' -f1 "$WORK/said" | sort | tr '\n' ' ')" 'createContainer createRuntime poststart poststop prestart '
