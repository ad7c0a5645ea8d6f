#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.env += [range(2000) | "VARIABLE_\(.)=\("x" * 100)"]'
equal "$(inside 'env | grep -c ^VARIABLE_')" 2000
configure '.process.args = ["/bin/sh", "-c", "echo $#"] + [range(5000) | "argument \(.)"]'
equal "$(tare run --bundle "$bundle" c1)" 4999
