exports.app = { handler: async (event) => ({ commonjs: true, event }) };
