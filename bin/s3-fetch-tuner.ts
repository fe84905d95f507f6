#!/usr/bin/env node
import { main } from './cli/main';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

void main(process.argv.slice(2), process).then((exitCode) => {
  process.exitCode = exitCode;
});
