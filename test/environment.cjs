// aws-cdk-lib validates every template in 9 MB of WASM: six seconds a process. `cdk synth` in CI does it once.
process.env.CDK_VALIDATION = 'false';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
