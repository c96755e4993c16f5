import ExampleSupport

/// The options of a command made up for the tests.
enum SampleOptions {
    enum Pace: String, CaseIterable, Sendable {
        case slow, steady, fast
    }

    static let buyers = Option.wholeNumber("buyers", help: "How many buyers come", in: 1...1_000_000, default: 10_000)
    static let failures = Option.percentage(
        "payment-failures",
        help: "The share of payments that the gateway refuses",
        default: .percent(3)
    )
    static let seed = Option.seed(help: "Where the random numbers start", default: 1)
    static let json = Option.file("json", help: "Writes the figures to this file as JSON")
    static let pace = Option<Pace>.choice("pace", help: "How fast the buyers come", default: .steady)
    static let quiet = Option.flag("quiet", help: "Shows no progress")

    static let command = CommandLineOptions(
        "sample-sale",
        summary: "sells a limited stock to a crowd",
        [buyers, failures, seed, json, pace, quiet]
    )

    /// The values of a command line that asks to run.
    static func parse(_ arguments: String...) throws(OptionError) -> ParsedOptions? {
        guard case .run(let parsed) = try command.parse(arguments) else { return nil }
        return parsed
    }

    /// The error of a command line that is wrong.
    static func error(_ arguments: String...) -> OptionError? {
        do throws(OptionError) {
            _ = try command.parse(arguments)
            return nil
        } catch {
            return error
        }
    }
}
