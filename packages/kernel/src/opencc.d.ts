declare module 'opencc-js/dict/TSCharacters' {
  /** `丟 丢|並 并|…`: a traditional character and its simplified ones. */
  const pairs: string
  export default pairs
}
