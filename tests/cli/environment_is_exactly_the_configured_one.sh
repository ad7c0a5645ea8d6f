#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.env = ["PATH=/bin", "A=1", "EMPTY=", "A=2", "X=a=b"]'
arguments env
equal "$(tare run --bundle "$bundle" c1 | sort)" $'A=2\nEMPTY=\nHOME=/root\nPATH=/bin\nX=a=b'
