/// The values of a command line that was read without an error.
public struct ParsedOptions: Sendable {
    private let declared: [any OptionDeclaration]
    private let texts: [String: String]

    init(declared: [any OptionDeclaration], texts: [String: String]) {
        self.declared = declared
        self.texts = texts
    }

    /// The value given for `option`, or its default.
    ///
    /// Asking for an option that the command did not declare is a mistake of the caller.
    public subscript<Value: Sendable>(option: Option<Value>) -> Value {
        precondition(declared.contains { $0.name == option.name }, "--\(option.name) was not declared")
        guard let text = texts[option.name] else { return option.defaultValue }
        return (try? option.value(of: text)) ?? option.defaultValue
    }

    /// Whether `option` stood on the command line.
    public func isGiven(_ option: any OptionDeclaration) -> Bool {
        texts[option.name] != nil
    }

    /// Every declared option with the value it has, in the order of the help text; for a report.
    ///
    /// A file that is not given is shown as a dash.
    public var listing: [(name: String, value: String)] {
        declared.map { ("--" + $0.name, $0.shown(texts[$0.name])) }
    }
}
