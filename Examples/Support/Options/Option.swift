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
    public let name: String
    public let placeholder: String?
    public let help: String
    public let expectation: String
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

    public func check(_ text: String) throws(OptionFault) {
        _ = try value(of: text)
    }

    public func shown(_ text: String) -> String {
        switch reading(text) {
        case .success(let value): showing(value)
        case .failure: text
        }
    }
}
