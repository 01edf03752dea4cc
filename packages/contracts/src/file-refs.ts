import { type DescField, type DescMessage, getOption, type MessageShape } from '@bufbuild/protobuf'
import { File_Media, file } from '../gen/saleswright/api/v1/annotations_pb.ts'

/** An uploaded file that a request names: `photoIds[0]`, and of which kind the field takes them. */
export type FileRef = { readonly field: string; readonly fileId: string; readonly media: File_Media }

/** Of which kind the files are that a field names; undefined for a field that names none. */
export const mediaOf = (field: DescField): File_Media | undefined => {
  const media = getOption(field, file)
  return media === File_Media.MEDIA_UNSPECIFIED ? undefined : media
}

/** All files that a request names, in the fields of which the contract says that they do. */
export const fileRefs = <D extends DescMessage>(schema: D, request: MessageShape<D>): readonly FileRef[] =>
  refsWithin(schema, request, '')

const refsWithin = (schema: DescMessage, message: object, before: string): readonly FileRef[] => {
  const values = new Map<string, unknown>(Object.entries(message))
  return schema.fields.flatMap((field) => {
    const value = values.get(field.localName)
    const path = `${before}${field.jsonName}`
    if (!Array.isArray(value)) return refsOf(field, value, path)
    return value.flatMap((item: unknown, index) => refsOf(field, item, `${path}[${index}]`))
  })
}

const refsOf = (field: DescField, value: unknown, path: string): readonly FileRef[] => {
  const media = mediaOf(field)
  if (media !== undefined)
    return typeof value === 'string' && value !== '' ? [{ field: path, fileId: value, media }] : []
  if (!field.message || field.fieldKind === 'map' || typeof value !== 'object' || value === null) return []
  return refsWithin(field.message, value, `${path}.`)
}
