public import MarketplaceCore

/// Why a command line could not be read, with what a one-line message needs.
public enum OptionError: EffectStating, Hashable {
    /// There is no such option; `nearest` is a declared name that the misspelling is close to.
    case unknown(name: String, nearest: String?)
    /// Text that belongs to no option; commands take options only.
    case unexpectedArgument(String)
    /// Text that belongs to no option where one operand may stand beside them, which is there already or is another.
    case extraArgument(String, operand: String)
    /// The option was the last word, or was followed by another option.
    case missingValue(name: String, expectation: String)
    /// A flag was given a value.
    case unexpectedValue(name: String, text: String)
    /// The value is not of the option's kind.
    case malformed(name: String, expectation: String, text: String)
    /// The value is of the option's kind and outside its range.
    case outOfRange(name: String, expectation: String, text: String)
    /// The option was given twice.
    case repeated(name: String)
    /// The values are each in range and do not go together; for callers, after parsing.
    case unmet(name: String, reason: String)

    /// A wrong command line had no effect.
    public var effect: EffectOutcome { .refused }
}

extension OptionError: CustomStringConvertible {
    /// One line that names the option and its range.
    public var description: String {
        switch self {
        case .unknown(let name, let nearest):
            let hint = nearest.map { "did you mean --\($0)?" } ?? "--help lists the options"
            return "there is no option --\(Self.shortened(name)); \(hint)"
        case .unexpectedArgument(let text):
            return "takes options only, not \(Self.quoted(text)); --help lists them"
        case .extraArgument(let text, let operand):
            return "takes options and one \(operand), not \(Self.quoted(text)) as well; --help lists them"
        case .missingValue(let name, let expectation):
            return "--\(name) takes \(expectation), and nothing was given"
        case .unexpectedValue(let name, let text):
            return "--\(name) is a flag and takes no value, not \(Self.quoted(text))"
        case .malformed(let name, let expectation, let text), .outOfRange(let name, let expectation, let text):
            return "--\(name) takes \(expectation), not \(Self.quoted(text))"
        case .repeated(let name):
            return "--\(name) was given more than once"
        case .unmet(let name, let reason):
            return "--\(name) \(reason)"
        }
    }

    /// How much of an argument a message repeats: enough to recognise it, and still one line.
    static let shownCharactersLimit = 60

    private static func quoted(_ text: String) -> String {
        "\"" + shortened(text) + "\""
    }

    private static func shortened(_ text: String) -> String {
        let oneLine = String(text.map { $0.isPrintable ? $0 : "?" }.prefix(shownCharactersLimit))
        return text.count > shownCharactersLimit ? oneLine + "..." : oneLine
    }
}

extension Character {
    /// Whether a terminal shows this character and stays on its line.
    fileprivate var isPrintable: Bool {
        unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) } && !isNewline
    }
}
