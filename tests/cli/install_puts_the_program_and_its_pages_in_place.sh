#!/bin/bash
. "$(dirname "$0")/lib.sh"

build=$(dirname "$TARE")/../..
[ -e "$build/build.ninja" ] || skip "$TARE is not in a build folder"
meson install -C "$build" --no-rebuild --quiet --destdir "$work/destination"
prefix=$work/destination$(meson introspect --buildoptions "$build" | jq -r '.[] | select(.name == "prefix").value')
equal "$("$prefix/bin/tare" --version)" "$("$TARE" --version)"
equal "$(stat -c %a "$prefix/bin/tare")" 755
equal "$(find "$work/destination" -type f -perm /111)" "$prefix/bin/tare" 'the only program'
equal "$(cd "$prefix/share/man" && printf '%s\n' man*/* | sed 's,.*/,,' | sort)" \
  "$(cd "$source_root/man" && printf '%s\n' ./*.[18] | sed 's,.*/,,' | sort)"
equal "$(cd "$prefix/share" && ls bash-completion/completions fish/vendor_completions.d zsh/site-functions | paste -sd' ')" \
  'bash-completion/completions: tare  fish/vendor_completions.d: tare.fish  zsh/site-functions: _tare'
