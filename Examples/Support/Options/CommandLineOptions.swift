import MarketplaceCore

/// The options a command declares, and the one reader of its command line.
///
/// Reading is pure: it answers with values, with ``CommandLineRequest/help``, or with an ``OptionError``.
/// ``CommandShell`` prints and exits.
///
/// ```swift
/// enum SaleOptions {
///     static let buyers = Option.wholeNumber("buyers", help: "How many buyers come", in: 1...1_000_000, default: 10_000)
///     static let report = Option.file("report", help: "Writes a report with plots to this file")
///     static let command = CommandLineOptions("flash-sale", summary: "sells a stock to a crowd", [buyers, report])
/// }
/// let options = CommandShell.parse(SaleOptions.command)
/// let buyers = options[SaleOptions.buyers]
/// ```
public struct CommandLineOptions: Sendable {
    /// The name of the executable.
    public let command: String
    /// One sentence that says what the command does.
    public let summary: String
    /// The options, in the order in which the help text lists them.
    public let options: [any OptionDeclaration]
    /// The file that the command takes without a name in front, anywhere among the options; nil when it takes none.
    public let operand: Option<String?>?

    /// Declares a command's options, and its operand, each name once.
    public init(
        _ command: String,
        summary: String,
        _ options: [any OptionDeclaration],
        operand: Option<String?>? = nil
    ) {
        let names = (options + [operand].compactMap(\.self)).map(\.name)
        precondition(Set(names).count == names.count, "two options of \(command) have one name")
        self.command = command
        self.summary = summary
        self.options = options
        self.operand = operand
    }

    /// Reads the arguments that follow the name of the executable.
    ///
    /// Both `--name value` and `--name=value` are read. A value that itself begins with two dashes needs the second
    /// form, so that a forgotten value is noticed. A request for help wins over whatever else is wrong.
    public func parse(_ arguments: [String]) throws(OptionError) -> CommandLineRequest {
        if arguments.contains(where: { $0 == "--help" || $0 == "-h" }) { return .help }
        var texts: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--"), argument.utf8.count > 2 else {
                try take(argument, into: &texts)
                continue
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = options.first(where: { $0.name == name }) else {
                throw .unknown(name: name, nearest: EditDistance.nearest(to: name, of: options.map(\.name) + ["help"]))
            }
            let attached = parts.count > 1 ? String(parts[1]) : nil
            let text = try text(of: option, attached: attached, rest: &rest)
            guard texts.updateValue(text, forKey: name) == nil else { throw .repeated(name: name) }
        }
        return .run(ParsedOptions(declared: options + [operand].compactMap(\.self), texts: texts))
    }

    /// Takes an argument without a name for the operand; `-` alone is one, and stands for the standard input.
    private func take(_ argument: String, into texts: inout [String: String]) throws(OptionError) {
        guard let operand else { throw .unexpectedArgument(argument) }
        let placeholder = operand.placeholder ?? operand.name
        guard argument == "-" || !argument.hasPrefix("-"), texts[operand.name] == nil, !argument.isEmpty else {
            throw .extraArgument(argument, operand: placeholder)
        }
        texts[operand.name] = argument
    }

    private func text(
        of option: any OptionDeclaration,
        attached: String?,
        rest: inout ArraySlice<String>
    ) throws(OptionError) -> String {
        guard option.placeholder != nil else {
            if let attached { throw .unexpectedValue(name: option.name, text: attached) }
            return ""
        }
        let text: String
        if let attached {
            text = attached
        } else if let next = rest.first, !next.hasPrefix("--") {
            text = next
            rest.removeFirst()
        } else {
            throw .missingValue(name: option.name, expectation: option.expectation)
        }
        do throws(OptionFault) {
            try option.check(text)
        } catch {
            switch error {
            case .malformed: throw .malformed(name: option.name, expectation: option.expectation, text: text)
            case .outOfRange: throw .outOfRange(name: option.name, expectation: option.expectation, text: text)
            }
        }
        return text
    }

    /// The text that `--help` prints: usage and every option with its range and default, wrapped at 80 columns.
    public var helpText: String {
        let operands = [operand].compactMap(\.self)
        let lefts =
            operands.map { $0.placeholder ?? $0.name }
            + options.map { option in "--\(option.name)" + (option.placeholder.map { " \($0)" } ?? "") } + ["--help"]
        let rights = (operands + options).map(Self.explanation) + ["Prints this text."]
        let column = min(32, (lefts.map(\.count).max() ?? 0) + 4)
        var lines = TextWrap.lines("\(command): \(summary)", width: Self.helpColumns)
        let usage = ["Usage:", command, "[options]"] + operands.map { "[\($0.placeholder ?? $0.name)]" }
        lines += ["", usage.joined(separator: " "), "", "Options:"]
        for (left, right) in zip(lefts, rights) {
            var wrapped = TextWrap.lines(right, width: Self.helpColumns - column)
            let lead = "  " + left
            if lead.count + 2 <= column {
                let first = wrapped.isEmpty ? "" : wrapped.removeFirst()
                lines.append(lead + String(repeating: " ", count: column - lead.count) + first)
            } else {
                lines.append(lead)
            }
            lines += wrapped.map { String(repeating: " ", count: column) + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The classic terminal width, which fits half of today's screens.
    static let helpColumns = 80

    private static func explanation(of option: any OptionDeclaration) -> String {
        var text = option.help + "."
        if !option.expectation.isEmpty {
            text += " " + option.expectation.prefix(1).uppercased() + option.expectation.dropFirst()
            text += option.defaultText.map { "; \($0) unless given." } ?? "."
        }
        return text
    }
}
