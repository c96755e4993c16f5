package import ExampleStores
package import ExampleSupport
package import Marketplace

/// What both commands are told.
package enum MarketOptions {
    /// The store that both share.
    package static let store = Option.store(help: "The store that both processes share; it must outlive them")

    /// Opens the store, and refuses one that the other process does not see.
    package static func open(
        _ options: ParsedOptions,
        for command: CommandLineOptions
    ) async -> (store: ExampleStore, environment: ServiceEnvironment) {
        guard options[store].isDurable else {
            CommandShell.refuse(
                .unmet(name: store.name, reason: "must be a store that two processes share: memory is one process's"),
                of: command
            )
        }
        let opened = await ExampleStore.open(options[store], namespace: .twoProcesses, for: command)
        let environment = ServiceEnvironment(
            store: opened.store,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: .system)
        )
        return (opened, environment)
    }
}
