#!/usr/bin/env node
// The command `daybook`: a committed, executable door to what the build makes.
import "../dist/cli/daybook.js";
