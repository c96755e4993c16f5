package import ExampleStores
package import ExampleSupport

/// The options of the command.
package enum DayOptions {
    private static let defaults = DaySettings()

    /// How many days.
    package static let days = Option.wholeNumber(
        "days",
        help: "How many days are played; from \(DaySettings.completeDays) on every kind of trouble happens",
        in: 1...366,
        default: defaults.days
    )
    /// How many members.
    package static let members = Option.wholeNumber(
        "members",
        help: "How many members there are in the end; one of twenty sells",
        in: DayPlan.fewestMembers...10_000,
        default: defaults.members
    )
    /// The seed.
    package static let seed = Option.seed(
        help: "What the story follows from: who comes when, buys what, returns it, and what goes wrong. The same seed"
            + " tells the same story on every store",
        default: defaults.seed
    )
    /// The store.
    package static let store = Option.store(
        help: "Where everything is kept; a file or a database holds one run"
    )
    /// The report.
    package static let report = Option.file(
        "report",
        placeholder: "FILE.html",
        help: "Writes a report with charts to this file"
    )
    /// Whether the story is left out.
    package static let quiet = Option.flag("quiet", help: "Leaves the story out and prints what came of it")

    /// The command.
    package static let command = CommandLineOptions(
        "marketplace-day",
        summary: "plays days at a marketplace from a seed, with everything that goes wrong at one, and holds cash,"
            + " ledger and orders against each other. Exits with 0, with 1 when they are not the same to the minor"
            + " unit, with 64 when an option is wrong, with 73 when a file or a store cannot be written",
        [days, members, seed, store, report, quiet]
    )

    /// The settings that the options ask for.
    package static func settings(_ options: ParsedOptions) -> DaySettings {
        DaySettings(days: options[days], members: options[members], seed: options[seed])
    }
}
