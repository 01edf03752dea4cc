/**
 * A refusal of bad input names its field. `invalid` with params is placed where the request has one of them (`placed` in packages/rpc);
 * without any there is nothing to look for.
 */
const named = {
  create: (context) => ({
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'invalid' && node.arguments.length < 2)
        context.report({
          node,
          message: 'A refusal of bad input names its field: give the value that is wrong, or use invalidField.',
        })
    },
  }),
}

export default { meta: { name: 'fields' }, rules: { named } }
