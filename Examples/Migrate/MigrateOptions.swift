import ExampleSupport

/// The options of the command.
enum MigrateOptions {
    /// The SQL alone.
    static let printSQL = Option<String?>(
        "print-sql",
        placeholder: "NAME",
        help: "Prints the SQL of all steps, for people who run their own, and touches no store",
        expectation: "one of \(MigrationBackends.names)",
        default: nil,
        defaultText: nil,
        reading: { MigrationBackends.traits[$0] == nil ? .failure(.malformed) : .success($0) },
        showing: { $0 ?? "-" }
    )
    /// What is left out of the SQL.
    static let after = Option.wholeNumber(
        "after",
        placeholder: "VERSION",
        help: "With --print-sql: leaves out the steps up to this version, which the store has",
        in: 0...Int(Int32.max),
        default: 0
    )
    /// The store.
    static let store = Option<String?>(
        "store",
        placeholder: "STORE",
        help: "Brings this store up to date, and makes a file if there is none",
        expectation: "sqlite:FILE",
        default: nil,
        defaultText: nil,
        reading: { text in
            let parts = text.split(separator: ":", maxSplits: 1)
            let isStore = parts.count == 2 && MigrationBackends.traits[String(parts[0])] != nil
            return isStore && !text.utf8.contains(0) ? .success(text) : .failure(.malformed)
        },
        showing: { $0 ?? "-" }
    )
    /// A look.
    static let status = Option.flag("status", help: "With --store: lists its steps, and changes nothing")

    /// The command.
    static let command = CommandLineOptions(
        "marketplace-migrate",
        summary: "brings the tables of a store up to date, forward only, as opening the store would. Exits with 0 when"
            + " that is done, with 64 when an option is wrong, with 65 when the store is refused, with 69 when this"
            + " build lacks the trait of such stores, with 75 when somebody else holds the store",
        [store, status, printSQL, after]
    )

    /// What is wrong with options that are right each by itself.
    static func fault(in options: ParsedOptions) -> OptionError? {
        let isGiven = options.isGiven
        if isGiven(store) == isGiven(printSQL) {
            return .unmet(name: store.name, reason: "or --print-sql is needed, and not both; --help lists all options")
        }
        if isGiven(status), !isGiven(store) { return .unmet(name: status.name, reason: "needs --store") }
        if isGiven(after), !isGiven(printSQL) { return .unmet(name: after.name, reason: "needs --print-sql") }
        return nil
    }
}
