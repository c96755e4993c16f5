/// One option of a command line: its name, its help, its range and the type of its value.
///
/// Declare options once, as static properties, and read the parsed values through them:
///
/// ```swift
/// static let buyers = Option.wholeNumber("buyers", help: "How many buyers come", in: 1...1_000_000, default: 10_000)
/// let parsed = try options.parse(arguments)
/// let count: Int = parsed[buyers]
/// ```
public struct Option<Value: Sendable>: OptionDeclaration {
    /// The name without its two dashes.
    public let name: String
    /// What stands for the value in the help text; `nil` for a flag, which takes none.
    public let placeholder: String?
    /// One sentence for the help text, without its full stop.
    public let help: String
    /// What the option takes, as it follows the word "takes"; empty when the help text says it all.
    public let expectation: String
    /// The text that would give the default value; `nil` when there is none.
    public let defaultText: String?
    /// The value of an option that was not given.
    public let defaultValue: Value
    private let reading: @Sendable (String) -> Result<Value, OptionFault>
    private let showing: @Sendable (Value) -> String

    /// Declares an option of any kind; the static functions declare the usual ones.
    ///
    /// `reading` must be a pure function: it is asked once to check a text and again for each look at the value.
    public init(
        _ name: String,
        placeholder: String?,
        help: String,
        expectation: String,
        default defaultValue: Value,
        defaultText: String?,
        reading: @escaping @Sendable (String) -> Result<Value, OptionFault>,
        showing: @escaping @Sendable (Value) -> String
    ) {
        precondition(!name.isEmpty && !name.hasPrefix("-"), "an option's name is given without its dashes")
        precondition(name != "help", "--help belongs to every command")
        self.name = name
        self.placeholder = placeholder
        self.help = help
        self.expectation = expectation
        self.defaultValue = defaultValue
        self.defaultText = defaultText
        self.reading = reading
        self.showing = showing
    }

    /// The value that `text` stands for.
    public func value(of text: String) throws(OptionFault) -> Value {
        try reading(text).get()
    }

    /// Refuses a text that is not a value of this option.
    public func check(_ text: String) throws(OptionFault) {
        _ = try value(of: text)
    }

    /// The form in which a report shows the value of `text`, or the default value when there is no text.
    ///
    /// A text that is not a value is shown as it is.
    public func shown(_ text: String?) -> String {
        guard let text else { return showing(defaultValue) }
        switch reading(text) {
        case .success(let value): return showing(value)
        case .failure: return text
        }
    }
}
