/// Why the text given for an option is not a value of it.
public enum OptionFault: Error, Hashable, Sendable {
    /// The text is not of the option's kind at all.
    case malformed
    /// The text is of the option's kind and outside its range.
    case outOfRange
}
