/// What a parser and a help text need to know of an option, whatever its value's type.
public protocol OptionDeclaration: Sendable {
    /// The name without its two dashes.
    var name: String { get }
    /// What stands for the value in the help text; `nil` for a flag, which takes none.
    var placeholder: String? { get }
    /// One sentence for the help text, without its full stop.
    var help: String { get }
    /// What the option takes, as it follows the word "takes"; empty when the help text says it all.
    var expectation: String { get }
    /// The text that would give the default value; `nil` when there is none.
    var defaultText: String? { get }

    /// Refuses a text that is not a value of this option.
    func check(_ text: String) throws(OptionFault)
    /// The form in which a report shows the value of `text`, or the default value when there is no text.
    func shown(_ text: String?) -> String
}
