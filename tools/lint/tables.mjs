/**
 * A constant table of names (`const X: Record<string, …> = { … }`) that is read with a name from outside answers for `constructor` and
 * `__proto__`, too. Such tables are Maps, or their keys are a union of literals.
 */
const isTable = (annotation) => {
  if (annotation?.type !== 'TSTypeReference') return false
  const [first] = (annotation.typeArguments ?? annotation.typeParameters)?.params ?? []
  const { name } = annotation.typeName
  if (name === 'Readonly' || name === 'Partial') return isTable(first)
  return name === 'Record' && first?.type === 'TSStringKeyword'
}

const tables = {
  create: (context) => {
    const names = new Set()
    const reads = []
    return {
      VariableDeclarator: ({ id, init }) => {
        if (
          id.type === 'Identifier' &&
          /^[A-Z][A-Z0-9_]*$/.test(id.name) &&
          init?.type === 'ObjectExpression' &&
          init.properties.length > 0 &&
          isTable(id.typeAnnotation?.typeAnnotation)
        ) {
          names.add(id.name)
        }
      },
      MemberExpression: (node) => {
        const { computed, object, property } = node
        if (!computed || property.type === 'Literal') return
        if (object.type === 'Identifier') reads.push(node)
        if (object.type === 'ObjectExpression')
          context.report({ node, message: 'This object answers for "constructor", too.' })
      },
      BinaryExpression: (node) => {
        if (node.operator === 'in' && node.right.type === 'Identifier') reads.push({ ...node, object: node.right })
      },
      'Program:exit': () => {
        for (const node of reads.filter(({ object }) => names.has(object.name))) {
          context.report({ node, message: `${node.object.name} answers for "constructor", too: make it a Map.` })
        }
      },
    }
  },
}

export default { meta: { name: 'saleswright' }, rules: { tables } }
