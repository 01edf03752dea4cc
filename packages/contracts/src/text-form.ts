import { type DescField, getOption, ScalarType } from '@bufbuild/protobuf'
import type { TextForm } from '@saleswright/kernel'
import { Text_Form, text } from '../gen/saleswright/api/v1/annotations_pb.ts'
import { rulesOf } from './field-rules.ts'

const FORMS: Readonly<Record<Text_Form, TextForm>> = {
  [Text_Form.FORM_UNSPECIFIED]: 'line',
  [Text_Form.LINE]: 'line',
  [Text_Form.LINES]: 'lines',
  [Text_Form.CODE]: 'code',
  [Text_Form.ID]: 'id',
  [Text_Form.VERBATIM]: 'verbatim',
}

/** Whether a field, or each item of its list, must be a UUID. */
const isUuid = (field: DescField): boolean => {
  const type = rulesOf(field)?.type
  if (type?.case === 'string') return Boolean(type.value.uuid)
  const items = type?.case === 'repeated' ? type.value.items?.type : undefined
  return items?.case === 'string' && Boolean(items.value.uuid)
}

/** How the text of a field is read; undefined where the field holds none. */
export const textForm = (field: DescField): TextForm | undefined => {
  if (field.scalar !== ScalarType.STRING) return undefined
  const form = getOption(field, text)
  return form === Text_Form.FORM_UNSPECIFIED && isUuid(field) ? 'id' : FORMS[form]
}
