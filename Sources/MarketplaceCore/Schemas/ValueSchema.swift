/// The shape of a stored value, as a reader in any language sees it.
public indirect enum ValueSchema: Sendable, Hashable {
    /// A truth value.
    case boolean
    /// An integer that fits that many bits, with a sign.
    case integer(bits: Int)
    /// A text, of a form that has a name where it has one.
    case text(TextForm)
    /// Microseconds since 1970-01-01T00:00:00Z, as an integer of 64 bits.
    case timestamp
    /// Any number of values of one shape.
    case list(ValueSchema)
    /// Values of one shape under any keys.
    case map(ValueSchema)
    /// One of these texts.
    case choice(ChoiceSchema)
    /// Fields by name.
    case record(RecordSchema)

    /// The form of a text.
    public enum TextForm: String, Sendable, Hashable {
        /// Any text.
        case any
        /// A key: 1 to 512 bytes of UTF-8 without NUL, compared as bytes.
        case key
        /// A UUID (RFC 9562).
        case uuid
        /// The alphabetic code of a currency (ISO 4217).
        case currency
        /// An exact fraction, such as `15` or `1/3`.
        case ratio
        /// An exact percentage, such as `12.5%`.
        case percentage
    }
}
