/** A lease that a service takes under a name of its own making is waited out after a crash: `Platform.alone` takes it as its place. */
const alone = {
  create: (context) => ({
    Identifier: (node) => {
      if (node.name === 'acquireLease')
        context.report({ node, message: 'Services do what one replica does at a time by Platform.alone.' })
    },
  }),
}

export default { meta: { name: 'leases' }, rules: { alone } }
