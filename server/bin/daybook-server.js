#!/usr/bin/env node
// The command `daybook-server`: a committed, executable door to what the build makes.
import "../dist/cli/daybook-server.js";
