/** A caller mends what is wrong when the answer names the field: `invalidField` does, and `invalid` with its violations. */
const named = {
  create: (context) => ({
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'invalid' && node.arguments.length < 3)
        context.report({ node, message: 'A refusal of bad input names its field: use invalidField.' })
    },
  }),
}

export default { meta: { name: 'fields' }, rules: { named } }
