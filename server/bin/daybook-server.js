#!/usr/bin/env node
// The command `daybook-server`: a committed, executable door to what the build makes.
import "../dist/bundle/daybook-server.js";
