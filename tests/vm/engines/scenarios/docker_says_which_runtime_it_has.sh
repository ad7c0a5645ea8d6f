#!/bin/bash
# From its --version and features.
. "$(dirname "$0")/../lib.sh"
says "$NAMED" docker info -f '{{.DefaultRuntime}}'
contains 'docker version' "$(docker version)" "$NAMED:"
contains 'features' "$(docker info -f '{{json .Runtimes}}')" 'ociVersionMax'
contains 'version' "$(docker version -f '{{range .Server.Components}}{{.Name}}={{.Version}} {{end}}')" "$NAMED=[0-9]+\.[0-9]+"
